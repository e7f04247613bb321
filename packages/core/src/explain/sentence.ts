import type { SignalPath } from '../context/context.ts';
import { readSignal } from '../context/create-context.ts';
import type { RankingRequest } from '../decision/rank-candidates.ts';
import type { Feature, FeatureGroup } from '../encode/feature-spec.ts';
import { phraseOf } from '../encode/phrase.ts';
import type { Item } from '../item.ts';
import { tastes } from '../profile/tastes.ts';
import { textOf } from './explain-texts.ts';
import type { Game } from './masked-scores.ts';

export interface SentenceRequest {
  readonly request: RankingRequest;
  readonly item: Item;
  readonly group: FeatureGroup;
  readonly game: Pick<Game, 'loss' | 'learntLoss'>;
  /** Words that are never said. */
  readonly sensitive: ReadonlySet<string>;
}

/** The most telling sentence of a group for an item: that of the feature whose absence costs most, if all its words
 * are known and may be said, else the next, else the group's own. Where most of that cost is of what the device has
 * learnt, the sentence says that. */
export function sentenceFor(asked: SentenceRequest): string {
  const { request, group, game } = asked;
  const { spec } = request.encoder;
  const order = spec.features
    .map((feature, index) => ({ feature, index, loss: game.loss[index] as number }))
    .filter(({ feature, loss }) => feature.group === group.id && loss > 0)
    .sort((a, b) => b.loss - a.loss || a.index - b.index);
  for (const { feature, index, loss } of order) {
    if ((game.learntLoss[index] as number) > loss / 2) return textOf(spec, 'learnt');
    const sentence = fill(feature, asked);
    if (sentence !== undefined) return sentence;
  }
  return group.sentence;
}

/** The sentence with its placeholders replaced; undefined when a word is missing or may not be said. */
function fill(feature: Feature, asked: SentenceRequest): string | undefined {
  let complete = true;
  const sentence = feature.sentence.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const words = name === 'tags' ? tagWords(feature, asked) : signalWord(name, asked);
    complete &&= words !== '';
    return words;
  });
  return complete ? sentence : undefined;
}

function signalWord(path: string, { request: { context, encoder }, sensitive }: SentenceRequest): string {
  const value = readSignal(context, path as SignalPath);
  if (value === 'unknown' || sensitive.has(value)) return '';
  return phraseOf(encoder.spec, path, value);
}

/** At most two of the item's tags: those the visitor likes most, or those the feature names. */
function tagWords(feature: Feature, { request, item, sensitive }: SentenceRequest): string {
  const { spec } = request.encoder;
  const taste = tastes(request.profile, request.now, spec.halfLifeDays ?? 14);
  const relevant = (item.tags ?? []).filter(
    (tag) =>
      !sensitive.has(tag) &&
      (feature.kind === 'multi-hot' ? feature.values.includes(tag) : (taste.get(tag) ?? 0) > 0),
  );
  relevant.sort((a, b) => (taste.get(b) ?? 0) - (taste.get(a) ?? 0));
  return relevant
    .slice(0, 2)
    .map((tag) => phraseOf(spec, 'tags', tag))
    .join(textOf(spec, 'and'));
}
