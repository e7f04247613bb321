import { attributesOf } from '../html/attributes-of.ts';
import type { Chunk, ReadChunk } from '../html/chunk-reader.ts';
import { concatenate } from '../html/concatenate.ts';
import { decodeBytes } from '../html/decode-bytes.ts';
import { nextTag, type Tag } from '../html/next-tag.ts';
import { createSkipTags } from '../html/skip-tags.ts';
import { tagEnd } from '../html/tag-end.ts';
import type { PageDecider } from './decide-page.ts';
import { readSlot } from './read-slot.ts';
import type { SlotMemo, WrittenSlot } from './slot-memo.ts';
import { type Piece, writeSlot } from './write-slot.ts';

export interface SlotDecider {
  /** Ids of the slots to look for. */
  readonly slots: ReadonlySet<string>;
  readonly page: PageDecider;
  readonly memo: SlotMemo;
  /** Told of a slot that goes out as it was written. */
  onUnclear(slot: string | undefined, cause?: unknown): void;
}

const SLOT = 'data-inkling-slot';
/** Characters that are kept unread, in case a slot comes after them. */
const MAX_UNREAD = 1_048_576;
/** A page whose slots are written so that more would have to be looked at again and again is passed on instead. */
const MAX_REREAD = 4_194_304;
/** How many `<` from the end are asked whether a tag is open there. */
const LOOKS_BACK = 4;
/** Longest element that is held back: a slot, or a tag. */
const MAX_HELD = 262_144;

/**
 * Passes HTML through, with the slots named in `decider` showing what was decided. A slot is held back until its end tag
 * has come; everything else goes on as it comes. Where the markup does not tell for sure what a browser will make of it,
 * it passes as it was written, to the byte.
 *
 * Markup is read only up to the last place that names a slot: what comes after it, which is most of a page, goes on unread.
 */
export function rewriteSlots(read: ReadChunk, { slots, page, memo, onUnclear }: SlotDecider): ReadChunk {
  /** Gone on unread, piece by piece. */
  let unread: string[] = [];
  let unreadLength = 0;
  let held: Uint8Array<ArrayBuffer> = new Uint8Array();
  let heldText = '';
  /** How much of what is unread or held was read already, in vain. */
  let known = 0;
  let reread = 0;
  let templates = 0;
  let isOver = false;

  /** What may go on of the bytes held and of these. */
  function rewrite(chunk: Uint8Array<ArrayBuffer>): Chunk {
    const bytes = held.length > 0 ? concatenate([held, chunk]) : chunk;
    const fresh = heldText + decodeBytes(chunk);
    const gone = unreadLength;
    if (!fresh.includes(SLOT) && gone + fresh.length < MAX_UNREAD) {
      const end = unfinishedTag(fresh, 0);
      unread.push(fresh.slice(0, end));
      unreadLength += end;
      held = bytes.subarray(end);
      heldText = fresh.slice(end);
      return [bytes.subarray(0, end)];
    }
    reread += known;
    const text = unread.join('') + fresh;
    const parts: Uint8Array<ArrayBuffer>[] = [];
    const { at, from, end } = writeSlots({ text, gone, bytes }, parts);
    unread = [text.slice(at, end)];
    unreadLength = end - at;
    held = bytes.subarray(end - gone);
    heldText = text.slice(end);
    return [...parts, bytes.subarray(from - gone, end - gone)];
  }

  /** Adds what goes on to `parts`.
   * @returns up to where the text was read, from where it goes on as it came, and up to where it may */
  function writeSlots(
    {
      text,
      gone,
      bytes,
    }: { readonly text: string; readonly gone: number; readonly bytes: Uint8Array<ArrayBuffer> },
    parts: Uint8Array<ArrayBuffer>[],
  ): { readonly at: number; readonly from: number; readonly end: number } {
    const skip = createSkipTags(text, SLOT);
    const decoder = new TextDecoder();
    const bytesOf = (piece: Piece) =>
      typeof piece === 'string'
        ? new TextEncoder().encode(piece)
        : bytes.subarray(piece[0] - gone, piece[1] - gone);
    // What is kept of a tag is decoded by itself: a slice of the text would keep all of it.
    const attributes = ({ start, end }: Tag) =>
      attributesOf(start < gone ? text.slice(start, end) : decoder.decode(bytesOf([start, end])));
    const isTooMuch = text.length >= MAX_UNREAD;
    let [at, from] = [0, gone];
    let named = text.indexOf(SLOT);
    const put = (start: number, { bytes: slot, markup, edge }: WrittenSlot) => {
      parts.push(bytesOf([from, start]), slot);
      page.note(edge);
      at = start + markup.length;
      from = at;
      named = text.indexOf(SLOT, at);
    };
    known = 0;
    while (named >= 0 || isTooMuch) {
      const tag = nextTag(text, at, skip);
      if (tag === 'unclear') {
        isOver = true;
        return { at: text.length, from, end: text.length };
      }
      if ('more' in tag) {
        at = tag.more;
        known = text.length - at;
        break;
      }
      at = tag.next;
      // It may have stood in a comment.
      if (named >= 0 && named < tag.start) named = text.indexOf(SLOT, tag.start);
      const isNamed = named >= 0 && named < tag.end;
      if (isNamed && named < at) named = text.indexOf(SLOT, at);
      if (tag.name === 'template') templates = Math.max(0, templates + (tag.kind === 'start' ? 1 : -1));
      if (templates > 0 || tag.kind === 'end' || !isNamed) continue;
      const isHere = tag.start >= gone;
      const moment = page.moment();
      const before = isHere && memo.recall(moment, text, tag.start, page.now);
      if (before) {
        put(tag.start, before);
        continue;
      }
      const id = attributes(tag)?.get(SLOT);
      if (id === undefined || !slots.has(id)) continue;
      const slot = isHere ? readSlot(text, tag, attributes) : 'unclear';
      if (slot === 'more') {
        known = text.length - tag.start;
        return { at: tag.start, from, end: tag.start };
      }
      if (slot === 'unclear') {
        onUnclear(id);
        continue;
      }
      const edge = page.decide(slot);
      const pieces = edge && writeSlot(slot, edge);
      if (!pieces) continue;
      const written = {
        // By itself, as its tags.
        markup: decodeBytes(bytesOf([tag.start, slot.end])),
        bytes: concatenate([[tag.start, slot.nameEnd] as const, ...pieces].map(bytesOf)),
        edge,
      };
      memo.keep(moment, text, tag.start, written);
      put(tag.start, written);
    }
    return { at, from, end: unfinishedTag(text, Math.max(at, gone)) };
  }

  /** As it came, from here to its end. */
  function giveUp(...bytes: Chunk): Chunk {
    isOver = true;
    held = new Uint8Array();
    unread = [];
    heldText = '';
    return bytes;
  }

  return async () => {
    for (;;) {
      let chunk: Chunk | undefined;
      try {
        chunk = await read();
      } catch (cause) {
        // What was held back goes out before the origin's failure does: reading again fails again.
        if (held.length === 0) throw cause;
        return giveUp(held);
      }
      if (isOver) return chunk;
      if (!chunk) return held.length > 0 ? giveUp(held) : undefined;
      const before = held;
      let ready: Chunk;
      try {
        ready = rewrite(concatenate(chunk)).filter(({ length }) => length > 0);
      } catch (cause) {
        onUnclear(undefined, cause);
        return giveUp(before, ...chunk);
      }
      if (held.length > MAX_HELD || reread > MAX_REREAD) {
        onUnclear(undefined);
        return giveUp(...ready, held);
      }
      if (ready.length > 0) return ready;
    }
  };
}

/** Where a tag begins that is not whole yet; the text's end where there is none. The last `<` may stand in an attribute of
 * one that began before. */
function unfinishedTag(text: string, from: number): number {
  let end = text.length;
  for (let look = 0, at = text.length; look < LOOKS_BACK; look++) {
    at = at > 0 ? text.lastIndexOf('<', at - 1) : -1;
    if (at < from) break;
    if (tagEnd(text, at + 1) === undefined) end = at;
  }
  return end;
}
