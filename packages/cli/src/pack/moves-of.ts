import type { SlateChange } from './diff-packs.ts';

/** An item of the later slate. */
interface Move {
  readonly id: string;
  /** Places it rose, below 0 where it fell; undefined where it was not there. */
  readonly up: number | undefined;
}

export interface Moves {
  readonly places: readonly Move[];
  /** What stands there no more. */
  readonly gone: readonly string[];
}

export function movesOf({ before, after }: Pick<SlateChange, 'before' | 'after'>): Moves {
  return {
    places: after.map((id, place) => {
      const was = before.indexOf(id);
      return { id, up: was < 0 ? undefined : was - place };
    }),
    gone: before.filter((id) => !after.includes(id)),
  };
}
