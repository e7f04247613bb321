import type { EdgeSlate } from '@inkling/core';
import { attributesOf } from '../html/attributes-of.ts';
import type { ReadChunk } from '../html/chunk-reader.ts';
import { concatenate } from '../html/concatenate.ts';
import { nextTag, type Tag } from '../html/next-tag.ts';
import { createSkipTags } from '../html/skip-tags.ts';
import type { AuthoredSlot } from './authored-slot.ts';
import { readSlot } from './read-slot.ts';
import { type Piece, writeSlot } from './write-slot.ts';

export interface SlotDecider {
  /** Ids of the slots to look for. */
  readonly slots: ReadonlySet<string>;
  /** Decides a slot of the page, one after the other as they stand there; undefined to leave it to the client. */
  decide(slot: AuthoredSlot): EdgeSlate | undefined;
  /** Told of a slot that goes out as it was written. */
  onUnclear(slot: string | undefined, cause?: unknown): void;
}

const SLOT = 'data-inkling-slot';
/** A page whose slots are written so that more would have to be looked at again and again is passed on instead. */
const MAX_REREAD = 4_194_304;
/** Longest element that is held back: a slot, a script, a comment. */
const MAX_HELD = 262_144;

/**
 * Passes HTML through, with the slots named in `decider` showing what was decided. A slot is held back until its end tag
 * has come; everything else goes on as it comes. Where the markup does not tell for sure what a browser will make of it,
 * it passes as it was written, to the byte.
 */
export function rewriteSlots(read: ReadChunk, decider: SlotDecider): ReadChunk {
  let held: Uint8Array = new Uint8Array();
  let reread = 0;
  let templates = 0;
  let isOver = false;
  const decoder = new TextDecoder('latin1');

  /** The bytes that may go, and those to hold back until more has come. */
  function rewrite(bytes: Uint8Array): readonly [ready: Uint8Array, held: Uint8Array] {
    const text = decoder.decode(bytes);
    const skip = createSkipTags(text, SLOT);
    const parts: Uint8Array[] = [];
    const attributes = (tag: Tag) =>
      attributesOf(new TextDecoder().decode(bytes.subarray(tag.start, tag.end)));
    const put = (piece: Piece) =>
      parts.push(typeof piece === 'string' ? new TextEncoder().encode(piece) : bytes.subarray(...piece));
    let from = 0;
    for (let at = 0; ; ) {
      const tag = nextTag(text, at, skip);
      if (tag === 'unclear') isOver = true;
      if (tag === 'unclear' || 'more' in tag) {
        const end = tag === 'unclear' ? bytes.length : tag.more;
        put([from, end]);
        return [concatenate(...parts), bytes.subarray(end)];
      }
      at = tag.next;
      if (tag.name === 'template') templates = Math.max(0, templates + (tag.kind === 'start' ? 1 : -1));
      if (templates > 0 || tag.kind === 'end' || !text.slice(tag.start, tag.end).includes(SLOT)) continue;
      const id = attributes(tag)?.get(SLOT);
      if (id === undefined || !decider.slots.has(id)) continue;
      const slot = readSlot(text, tag, attributes);
      if (slot === 'more') {
        put([from, tag.start]);
        return [concatenate(...parts), bytes.subarray(tag.start)];
      }
      const written = slot === 'unclear' ? undefined : writtenAs(slot);
      if (slot === 'unclear') decider.onUnclear(id);
      if (!written || slot === 'unclear') continue;
      put([from, slot.nameEnd]);
      written.forEach(put);
      from = slot.end;
      at = slot.end;
    }
  }

  function writtenAs(slot: AuthoredSlot): readonly Piece[] | undefined {
    const edge = decider.decide(slot);
    return edge && writeSlot(slot, edge);
  }

  /** As it came, from here to its end. */
  function giveUp(bytes: Uint8Array): Uint8Array {
    isOver = true;
    held = new Uint8Array();
    return bytes;
  }

  async function next(): Promise<Uint8Array | undefined> {
    let chunk: Uint8Array | undefined;
    try {
      chunk = await read();
    } catch (cause) {
      // What was held back goes out before the origin's failure does: reading again fails again.
      if (held.length === 0) throw cause;
      return giveUp(held);
    }
    if (isOver) return chunk;
    if (!chunk) return held.length > 0 ? giveUp(held) : undefined;
    reread += held.length;
    const bytes = held.length > 0 ? concatenate(held, chunk) : chunk;
    let ready: Uint8Array;
    try {
      [ready, held] = rewrite(bytes);
    } catch (cause) {
      decider.onUnclear(undefined, cause);
      return giveUp(bytes);
    }
    if (held.length <= MAX_HELD && reread <= MAX_REREAD) return ready.length > 0 ? ready : next();
    decider.onUnclear(undefined);
    return giveUp(concatenate(ready, held));
  }
  return next;
}
