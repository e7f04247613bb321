import type { EdgeSlate } from '@inkling/core';

/** A slot as it goes out. */
export interface WrittenSlot {
  /** As its author wrote it, one character per byte. */
  readonly markup: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly edge: EdgeSlate;
}

/** Slots that were written lately: many visitors share a page and a moment, and so every decision of it. */
export interface SlotMemo {
  /** The slot that stands at a place of a text, where it was written before in the same moment.
   * @param moment all that decides what it shows, but the slot itself
   * @param now epoch ms */
  recall(moment: string, text: string, at: number, now: number): WrittenSlot | undefined;
  /** For the next time that it stands there. */
  keep(moment: string, text: string, at: number, written: WrittenSlot): void;
}

/** A decision says when it was made; this old it may be. Milliseconds. */
const KEPT_MS = 60_000;
/** Bytes of markup, as it was and as it is written, in all. */
const MOST_BYTES = 8_388_608;
/** Characters by which slots of one moment are told apart before they are compared whole. */
const TELLING = 256;

export function createSlotMemo(): SlotMemo {
  const kept = new Map<string, WrittenSlot>();
  let size = 0;
  const keyOf = (moment: string, text: string, at: number) => `${moment} ${text.slice(at, at + TELLING)}`;
  return {
    recall(moment, text, at, now) {
      const found = kept.get(keyOf(moment, text, at));
      const age = now - (found?.edge.now ?? 0);
      return found && age >= 0 && age < KEPT_MS && text.startsWith(found.markup, at) ? found : undefined;
    },
    keep(moment, text, at, written) {
      size += written.markup.length + written.bytes.length;
      if (size > MOST_BYTES) {
        // Most of them are of a moment that is over.
        kept.clear();
        size = 0;
      }
      kept.set(keyOf(moment, text, at), written);
    },
  };
}
