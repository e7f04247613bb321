import type { SkipTags } from './skip-tags.ts';
import { tagEnd } from './tag-end.ts';

/** A tag of an HTML page. */
export interface Tag {
  readonly kind: 'start' | 'end';
  /** In lower case. */
  readonly name: string;
  readonly start: number;
  /** After the tag's `>`. */
  readonly end: number;
  /** Where the markup goes on: the tag's end, or that of the whole element where its content is no markup. */
  readonly next: number;
  /** Whether it ends in `/>`. */
  readonly selfClosing: boolean;
}

/** `{ more }`: the text ends within what begins there. `unclear`: what follows cannot be told from markup. */
export type NextTag = Tag | { readonly more: number } | 'unclear';

/** Their content is text up to their end tag; that of `noscript` and `noembed` is, where scripts run. */
const TEXT_ELEMENTS = new Set('iframe noembed noframes noscript script style textarea title xmp'.split(' '));
const NAME = /[a-z][^\t\n\f\r />]*/iy;

/**
 * Finds the next tag as the HTML standard's tokenizer does, skipping text, comments, doctypes and processing
 * instructions (https://html.spec.whatwg.org/multipage/parsing.html#tokenization).
 *
 * @param text Decoded one character per byte.
 * @param from Where markup begins.
 * @param skip Passes over tags that do not matter. @default none is passed over
 */
export function nextTag(text: string, from: number, skip?: SkipTags): NextTag {
  for (let at = from; ; ) {
    const found = text.indexOf('<', at);
    const start = found >= 0 && skip ? skip(found) : found;
    if (start < 0) return { more: text.length };
    // Nothing but text came after what was passed over.
    if (text[start] !== '<') return { more: text.length };
    const mark = text[start + 1];
    if (mark === undefined || (text.startsWith('<!-', start) && text.length < start + 4))
      return { more: start };
    if (mark === '!' || mark === '?' || (mark === '/' && !isLetter(text.charCodeAt(start + 2)))) {
      if (mark === '/' && text.length < start + 3) return { more: start };
      const end = commentEnd(text, start);
      if (end === 0) return { more: start };
      at = end;
      continue;
    }
    NAME.lastIndex = start + (mark === '/' ? 2 : 1);
    const name = NAME.exec(text)?.[0].toLowerCase();
    if (name === undefined) {
      at = start + 1;
      continue;
    }
    const end = tagEnd(text, NAME.lastIndex);
    if (end === undefined) return { more: start };
    const tag = { name, start, end, selfClosing: text[end - 2] === '/' };
    if (mark === '/') return { ...tag, kind: 'end', next: end };
    if (name === 'plaintext') return 'unclear';
    const next = TEXT_ELEMENTS.has(name) ? textEnd(text, end, name) : end;
    return typeof next === 'number' ? (next ? { ...tag, kind: 'start', next } : { more: start }) : next;
  }
}

/** 0 where the text ends before. */
function commentEnd(text: string, start: number): number {
  if (!text.startsWith('<!--', start)) return text.indexOf('>', start) + 1;
  const comment = /<!--(?:-?>|[\s\S]*?--!?>)/y;
  comment.lastIndex = start;
  return comment.test(text) ? comment.lastIndex : 0;
}

/** After the end tag of an element whose content is text; 0 where the text ends before. */
function textEnd(text: string, from: number, name: string): number | 'unclear' {
  const closing = new RegExp(`</${name}(?=[\\t\\n\\f\\r />])`, 'gi');
  closing.lastIndex = from;
  if (!closing.test(text)) return 0;
  // Within a comment of a script its end tag may be text too.
  if (name === 'script' && /<!--[\s\S]*<script/i.test(text.slice(from, closing.lastIndex))) return 'unclear';
  return tagEnd(text, closing.lastIndex) ?? 0;
}

function isLetter(code: number): boolean {
  return (code | 32) >= 97 && (code | 32) <= 122;
}
