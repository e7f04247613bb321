/** What was looked at, or bought, in one visit. */
export interface Session {
  /** Places in `Sessions.ids`, oldest first. */
  readonly items: readonly number[];
  /** Epoch ms of the last event; any other number that grows with time will do. */
  readonly at: number;
}

export interface Sessions {
  readonly ids: readonly string[];
  /** Oldest first. */
  readonly sessions: readonly Session[];
}

/** The first sessions and the last, by their number.
 * @param share of the last, 0 to 1 */
export function splitSessions(
  { ids, sessions }: Sessions,
  share: number,
): readonly [before: Sessions, after: Sessions] {
  const cut = Math.floor(sessions.length * (1 - share));
  return [
    { ids, sessions: sessions.slice(0, cut) },
    { ids, sessions: sessions.slice(cut) },
  ];
}

/** The sessions as if only these items had been there.
 * @param ids in the order that their places shall have */
export function keepItems({ ids, sessions }: Sessions, kept: readonly string[]): Sessions {
  const placeOf = new Map(kept.map((id, place) => [id, place]));
  const places = ids.map((id) => placeOf.get(id));
  const rest = sessions.map(({ items, at }) => ({ items: items.flatMap((item) => places[item] ?? []), at }));
  return { ids: kept, sessions: rest.filter(({ items }) => items.length > 0) };
}
