import type { ContextPatch, SignalPath } from '../context/context.ts';
import { isSignalPath, readSignal } from '../context/create-context.ts';
import { type Decision, decide } from '../decision/decide.ts';
import type { Feature, FeatureSpec } from '../encode/feature-spec.ts';
import { changed } from './what-if.ts';

/** One signal with another value, and the item that would then stand first. */
export interface SmallestChange {
  readonly signal: SignalPath;
  readonly from: string;
  readonly to: string;
  readonly first: string | undefined;
}

/** The smallest change of a single signal that would put another item first, or undefined where none would. Tries every
 * value that the spec's features name, and `unknown`. How far two values lie apart is the share of the feature's list
 * between them, so that a list in natural order (cold, mild, warm) prefers the neighbour; whatever is not in the list
 * lies a whole list away. Chance is left out: on both sides the best item stands first. */
export function smallestChange({ request, ranking }: Decision): SmallestChange | undefined {
  const { ranking: _, ...rest } = request;
  const greedy = { ...rest, slot: { ...request.slot, policy: { type: 'greedy' } } } as const;
  const first = decide(ranking ? { ...greedy, ranking } : greedy).chosen[0]?.id;
  for (const { signal, from, to } of changesOf(request.encoder.spec, (path) =>
    readSignal(request.context, path),
  )) {
    const context = changed(request.context, patchOf(signal, to));
    const then = decide({ ...greedy, context }).chosen[0]?.id;
    if (then !== first) return { signal, from, to, first: then };
  }
  return undefined;
}

interface Candidate {
  readonly signal: SignalPath;
  readonly from: string;
  readonly to: string;
  readonly distance: number;
}

/** Nearest first; equally near ones in the order of the spec. */
function changesOf({ features }: FeatureSpec, read: (path: SignalPath) => string): readonly Candidate[] {
  const all = new Map<string, Candidate>();
  for (const [path, values] of features.flatMap(listsOf)) {
    if (!isSignalPath(path)) continue;
    const from = read(path);
    for (const to of [...values, 'unknown']) {
      if (to === from) continue;
      const [a, b] = [values.indexOf(from), values.indexOf(to)];
      const distance = a < 0 || b < 0 ? 1 : Math.abs(a - b) / values.length;
      const key = JSON.stringify([path, to]);
      const known = all.get(key);
      if (!known || distance < known.distance) all.set(key, { signal: path, from, to, distance });
    }
  }
  return [...all.values()].sort((a, b) => a.distance - b.distance);
}

/** The values that a feature names, by where it reads them. */
function listsOf(feature: Feature): readonly (readonly [path: string, values: readonly string[]])[] {
  if (feature.kind === 'one-hot' || feature.kind === 'multi-hot') return [[feature.source, feature.values]];
  return feature.kind === 'cross' ? feature.sources.map((path, i) => [path, feature.values[i] ?? []]) : [];
}

/** Values are compared as text, so the text stands for the value; a number becomes one again for what is derived. */
function patchOf(signal: SignalPath, value: string): ContextPatch {
  const [area, field] = signal.split('.') as [string, string];
  const number = value.trim() === '' ? Number.NaN : Number(value);
  return { [area]: { [field]: Number.isNaN(number) ? value : number } };
}
