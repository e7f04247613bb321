import type { Slate } from '../slate/slate.ts';
import type { Profile } from './profile.ts';
import { createReducer, type ReducerOptions } from './reduce-profile.ts';

/** The profile after a slate was seen: its slot, its items and their tags are counted. */
export function exposeSlate(profile: Profile, slate: Slate, at: number, options: ReducerOptions): Profile {
  const reduce = createReducer(options);
  const seen = slate.items.map(({ id }) => ({ type: 'exposure', item: id, at }) as const);
  return seen.reduce<Profile>(reduce, reduce(profile, { type: 'exposure', slot: slate.slot, at }));
}
