import { adaptation } from '../adapt/adapt.ts';
import type { Decision } from '../decision/decide.ts';
import type { Item } from '../item.ts';
import { sentenceFor } from './sentence.ts';

/** One group's part in an item's place. */
export interface Reason {
  readonly group: string;
  /** On the scale of the ranker's score. All of an item's contributions sum to its advantage over the reference
   * items, less what it would have with nothing known. */
  readonly contribution: number;
  readonly sentence: string;
}

export interface Explanation {
  readonly item: string;
  /** Strongest first; a pin or an exploration, which decided alone, comes before all. */
  readonly reasons: readonly Reason[];
}

const REFERENCES = 8;

/** Why an item stands where it does: exact Shapley values over the spec's feature groups (Shapley 1953; Lundberg and
 * Lee, NeurIPS 2017, equation 4). The value of a coalition is the item's score less the mean score of eight evenly
 * ranked other candidates, with the groups outside it in their unknown encoding. Computes 2^groups × 9 scores; stores
 * and sends nothing. Empty when the slate is not the ranker's. */
export function explain(decision: Decision, id: string): Explanation {
  const { request, chosen } = decision;
  const { encoder, scorer, profile, candidates } = request;
  const place = chosen.find((entry) => entry.id === id);
  const row = candidates.findIndex(({ item }) => item.id === id);
  if (!place || row < 0 || !scorer || decision.diagnostics.length > 0) return { item: id, reasons: [] };

  const items = candidates.map(({ item }) => item);
  const features = encoder.encode({ context: request.context, profile, items, now: request.now });
  const rows = [row, ...references(decision, row)];
  const groups = encoder.spec.groups;
  const groupOfFeature = encoder.spec.features.map(({ group }) => groups.findIndex(({ id }) => id === group));
  const known = rows.map((r) => features.subarray(r * encoder.width, (r + 1) * encoder.width));
  const { width, featureOf, unknown } = encoder;

  /** Advantage of the item for each switch, which says of a feature whether it is known. */
  const advantages = (switches: readonly ((feature: number) => boolean)[]): Float64Array => {
    const batch = new Float32Array(switches.length * known.length * width);
    switches.forEach((isOn, s) => {
      known.forEach((values, k) => {
        const at = (s * known.length + k) * width;
        for (let column = 0; column < width; column++) {
          batch[at + column] = (isOn(featureOf[column] as number) ? values : unknown)[column] as number;
        }
      });
    });
    const scores = scorer(batch, switches.length * known.length);
    return Float64Array.from(switches, (_, s) =>
      advantage(Array.from(known, (_, k) => scores[s * known.length + k] as number)),
    );
  };

  const coalitions = Array.from({ length: 2 ** groups.length }, (_, mask) => mask);
  const value = advantages(
    coalitions.map((mask) => (feature) => ((mask >> (groupOfFeature[feature] as number)) & 1) === 1),
  );
  const contributions = shapley(value, groups.length);

  // Within a group, the feature whose absence costs the item most gives the sentence.
  const without = advantages(encoder.spec.features.map((_, removed) => (feature) => feature !== removed));
  const full = value[value.length - 1] as number;
  const loss = Array.from(without, (v) => full - v);

  const reasons: Reason[] = groups.map((group, g) => ({
    group: group.id,
    contribution: contributions[g] as number,
    sentence: sentenceFor(request, items[row] as Item, group, loss),
  }));
  if (profile) {
    const learnt = advantage(rows.map((r) => adaptation(profile.posterior, items[r] as Item)));
    if (learnt !== 0) {
      reasons.push({
        group: 'learnt',
        contribution: learnt,
        sentence: 'You chose things like this here before.',
      });
    }
  }
  reasons.sort((a, b) => b.contribution - a.contribution);
  return { item: id, reasons: [...decisive(place.via), ...reasons] };
}

function decisive(via: string): readonly Reason[] {
  if (via === 'pin')
    return [{ group: 'pin', contribution: 0, sentence: 'The shop keeps this place for it.' }];
  if (via === 'explore') {
    return [{ group: 'explore', contribution: 0, sentence: 'We are trying something new here.' }];
  }
  return [];
}

/** Rows of evenly ranked other candidates. */
function references({ request }: Decision, row: number): readonly number[] {
  const { encoder, scorer, candidates, context, profile, now } = request;
  const items = candidates.map(({ item }) => item);
  const scores = scorer?.(encoder.encode({ context, profile, items, now }), items.length) ?? [];
  const others = items
    .map((item, index) => ({ index, id: item.id, score: scores[index] as number }))
    .filter(({ index }) => index !== row && items[index]?.available !== false)
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  const count = Math.min(REFERENCES, others.length);
  return Array.from({ length: count }, (_, i) => {
    const rank = Math.floor(((i + 0.5) * others.length) / count);
    return (others[rank] as { index: number }).index;
  });
}

/** The first value less the mean of the rest. */
function advantage([own = 0, ...others]: readonly number[]): number {
  return others.length === 0 ? own : own - others.reduce((a, b) => a + b) / others.length;
}

function shapley(value: Float64Array, players: number): Float64Array {
  const weight = coalitionWeights(players);
  return Float64Array.from({ length: players }, (_, player) => {
    let sum = 0;
    value.forEach((v, mask) => {
      if ((mask >> player) & 1) return;
      sum += (weight[bits(mask)] as number) * ((value[mask | (1 << player)] as number) - v);
    });
    return sum;
  });
}

/** |S|! (n − |S| − 1)! / n! for each size of S. */
function coalitionWeights(n: number): readonly number[] {
  const factorial = (k: number): number => (k < 2 ? 1 : k * factorial(k - 1));
  return Array.from({ length: n }, (_, size) => (factorial(size) * factorial(n - size - 1)) / factorial(n));
}

function bits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest; rest &= rest - 1) count++;
  return count;
}
