import { nextTag, type Tag } from '../html/next-tag.ts';
import type { AuthoredChild, AuthoredSlot, Extent } from './authored-slot.ts';

/** The attributes of a tag, where they can be read. */
export type ReadAttributes = (tag: Tag) => ReadonlyMap<string, string> | undefined;

const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));
/** A browser moves what stands in these to other places than where it is written. */
const MOVING = /^(?:table|tbody|thead|tfoot|tr|colgroup|select|frameset|svg|math)$/;
/** Opening one of these ends an open one of its own. */
const ENDS_ITS_OWN = /^(?:li|dd|dt|option|optgroup|tr|td|th|rp|rt|a|button|nobr|h[1-6])$/;
/** Opening one of these ends an open paragraph. */
const ENDS_PARAGRAPH =
  /^(?:address|article|aside|blockquote|center|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hgroup|hr|li|main|menu|nav|ol|p|pre|search|section|summary|table|ul|xmp)$/;

/**
 * Reads a slot from its start tag to its end tag. Only where every element in it is closed by its own tag does the text
 * say what a browser will make of it: otherwise it is `unclear`. `more`: the text ends before.
 */
export function readSlot(
  text: string,
  tag: Tag,
  attributes: ReadAttributes,
): AuthoredSlot | 'more' | 'unclear' {
  const own = attributes(tag);
  const id = own?.get('data-inkling-slot');
  if (!own || id === undefined || MOVING.test(tag.name) || VOID.has(tag.name) || tag.next !== tag.end) {
    return 'unclear';
  }
  const children: AuthoredChild[] = [];
  const open: Tag[] = [tag];
  let first: Extent | undefined;
  let at = tag.end;
  for (;;) {
    const next = nextTag(text, at);
    if (next === 'unclear') return 'unclear';
    if ('more' in next) return 'more';
    at = next.next;
    const last = open.at(-1) as Tag; // the slot itself is open
    let closed: Tag | undefined;
    if (next.kind === 'end') {
      if (last.name !== next.name) return 'unclear';
      open.pop();
      closed = last;
    } else if (isMisplaced(open, next)) {
      return 'unclear';
    } else if (VOID.has(next.name) || next.next !== next.end || isForeignLeaf(open, next)) {
      closed = next;
    } else {
      open.push(next);
    }
    if (open.length === 0) {
      const k = Number(own.get('data-inkling-k')) || undefined;
      const kind = own.get('data-inkling-kind') ?? 'order';
      return { id, kind, k, nameEnd: nameEnd(tag), children, end: next.end };
    }
    if (!closed) continue;
    if (open.length === 2) first ??= { start: closed.start, nameEnd: nameEnd(closed), end: next.next };
    if (open.length > 1) continue;
    const child = attributes(closed);
    if (!child) return 'unclear';
    children.push({
      item: child.get('data-inkling-item'),
      variant: closed.name === 'template' ? child.get('data-inkling-variant') : undefined,
      start: closed.start,
      end: next.next,
      first,
    });
    first = undefined;
  }
}

function nameEnd({ start, name }: Tag): number {
  return start + 1 + name.length;
}

/** Whether the tag ends another element than by that element's own end tag, or cannot stand there. */
function isMisplaced(open: readonly Tag[], { name }: Tag): boolean {
  const names = open.map((tag) => tag.name);
  return (
    (ENDS_ITS_OWN.test(name) &&
      (names.at(-1) === name || (/^(?:a|button|nobr)$/.test(name) && names.includes(name)))) ||
    (ENDS_PARAGRAPH.test(name) && names.includes('p')) ||
    (/^(?:html|head|body|frameset|frame|form)$/.test(name) && (name !== 'form' || names.includes('form')))
  );
}

/** `<path/>` is closed; in HTML the slash means nothing. */
function isForeignLeaf(open: readonly Tag[], { selfClosing, name }: Tag): boolean {
  return selfClosing && (open.some((tag) => /^(?:svg|math)$/.test(tag.name)) || /^(?:svg|math)$/.test(name));
}
