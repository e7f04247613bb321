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
 * value that the spec's features name, one of each interval, every hour or weekday of a cycle, and `unknown`. How far two
 * values lie apart is the share of the feature's list between them, around a cycle the shorter way, so that a list in
 * natural order (cold, mild, warm) prefers the neighbour; whatever is not in the list lies a whole list away. Chance is left out: on both sides the best item stands first. */
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
  for (const { path, values, isRing, placeOf } of features.flatMap(rangesOf)) {
    if (!isSignalPath(path)) continue;
    const from = read(path);
    const here = placeOf(from);
    for (const to of [...values, 'unknown']) {
      const there = placeOf(to);
      if (to === from || (here >= 0 && here === there)) continue;
      const steps = Math.abs(here - there);
      const least = isRing ? Math.min(steps, values.length - steps) : steps;
      const distance = here < 0 || there < 0 ? 1 : least / values.length;
      const key = JSON.stringify([path, to]);
      const known = all.get(key);
      if (!known || distance < known.distance) all.set(key, { signal: path, from, to, distance });
    }
  }
  return [...all.values()].sort((a, b) => a.distance - b.distance);
}

/** The values of a signal that make a difference to a feature, in their order. */
interface SignalRange {
  readonly path: string;
  readonly values: readonly string[];
  /** Whether the last stands beside the first. */
  readonly isRing: boolean;
  /** Where a value stands among them; -1 where nowhere. */
  readonly placeOf: (value: string) => number;
}

function rangesOf(feature: Feature): readonly SignalRange[] {
  switch (feature.kind) {
    case 'one-hot':
    case 'multi-hot':
      return [listed(feature.source, feature.values)];
    case 'embedding':
      return [listed(feature.source, feature.vocabulary)];
    case 'cross':
      return feature.sources.map((path, i) => listed(path, feature.values[i] ?? []));
    case 'cyclic': {
      // Hours count from 0, weekdays and months from 1.
      const first = feature.source === 'time.hour' ? 0 : 1;
      const values = Array.from({ length: feature.period }, (_, i) => String(first + i));
      return [{ ...listed(feature.source, values), isRing: true }];
    }
    case 'bucketized':
      // Behind a transform nobody knows which value lies in which interval.
      return feature.transforms?.length ? [] : [intervals(feature.source, feature.edges)];
    default:
      return [];
  }
}

function listed(path: string, values: readonly string[]): SignalRange {
  return { path, values, isRing: false, placeOf: (value) => values.indexOf(value) };
}

/** One value for each interval: its lower edge, and below all edges 0, or 1 less than the first. */
function intervals(path: string, edges: readonly number[]): SignalRange {
  const [first = 0] = edges;
  return {
    path,
    values: [first > 0 ? 0 : first - 1, ...edges].map(String),
    isRing: false,
    placeOf: (value) =>
      Number.isNaN(Number(value)) ? -1 : edges.filter((edge) => edge <= Number(value)).length,
  };
}

/** Values are compared as text, so the text stands for the value; a number becomes one again for what is derived. */
function patchOf(signal: SignalPath, value: string): ContextPatch {
  const [area, field] = signal.split('.') as [string, string];
  const number = value.trim() === '' ? Number.NaN : Number(value);
  return { [area]: { [field]: Number.isNaN(number) ? value : number } };
}
