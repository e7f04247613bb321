import { isSpace, tagEnd } from './tag-end.ts';

/** Where the content of the document's head begins; `more` when that needs further text, `none` when it has no head. */
export type HeadStart = number | 'more' | 'none';

// A comment, a doctype, a processing instruction: all that may stand before the <html> and <head> tags but space.
const SKIPPED = /^(?:<!--(?:-?>|[\s\S]*?--!?>)|<!(?!-)[^>]*>|<\?[^>]*>)/;
const BYTE_ORDER_MARK = '\xef\xbb\xbf';
const UNFINISHED = /^<(?:[!?]|$)/;

/**
 * Follows the HTML standard's rules up to the head, where little is allowed. A document may leave the head's tag out;
 * a fragment, with neither doctype, `<html>` nor `<head>`, has none.
 *
 * @param text The document's beginning, decoded one character per byte.
 */
export function headStart(text: string): HeadStart {
  if (BYTE_ORDER_MARK.startsWith(text)) return 'more';
  let at = text.startsWith(BYTE_ORDER_MARK) ? 3 : 0;
  let isDocument = false;
  for (;;) {
    while (isSpace(text.charCodeAt(at))) at++;
    const rest = text.slice(at);
    const skipped = SKIPPED.exec(rest)?.[0];
    if (skipped) {
      isDocument ||= /^<!doctype/i.test(skipped);
      at += skipped.length;
      continue;
    }
    if (rest === '' || UNFINISHED.test(rest)) return 'more';
    const name = /^<(html|head)(?![^\s/>])/i.exec(rest)?.[1]?.toLowerCase();
    if (name === undefined) {
      if (/^<[a-z]{0,4}$/i.test(rest)) return 'more';
      return isDocument ? at : 'none';
    }
    const end = tagEnd(text, at + 5);
    if (end === undefined) return 'more';
    if (name === 'head') return end;
    at = end;
    isDocument = true;
  }
}
