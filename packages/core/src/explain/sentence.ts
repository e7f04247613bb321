import type { SignalPath } from '../context/context.ts';
import { readSignal } from '../context/create-context.ts';
import type { DecideRequest } from '../decision/decide.ts';
import type { Feature, FeatureGroup, FeatureSpec } from '../encode/feature-spec.ts';
import { phraseOf } from '../encode/phrase.ts';
import type { Item } from '../item.ts';
import { tastes } from '../profile/tastes.ts';

/** The most telling sentence of a group for an item: that of the feature whose absence costs most, if all its words
 * are known, else the next, else the group's own.
 * @param loss advantage lost without each feature of the spec */
export function sentenceFor(
  request: DecideRequest,
  item: Item,
  group: FeatureGroup,
  loss: readonly number[],
): string {
  const { features } = request.encoder.spec;
  const order = features
    .map((feature, index) => ({ feature, loss: loss[index] as number }))
    .filter(({ feature, loss }) => feature.group === group.id && loss > 0)
    .sort((a, b) => b.loss - a.loss);
  for (const { feature } of order) {
    const sentence = fill(feature, request, item);
    if (sentence) return sentence;
  }
  return group.sentence;
}

/** The sentence with its placeholders replaced; undefined when a word is missing. */
function fill(feature: Feature, request: DecideRequest, item: Item): string | undefined {
  let complete = true;
  const sentence = feature.sentence.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const words = name === 'tags' ? tagWords(feature, request, item) : signalWord(name, request);
    complete &&= words !== '';
    return words;
  });
  return complete ? sentence : undefined;
}

function signalWord(path: string, { context, encoder }: DecideRequest): string {
  const value = readSignal(context, path as SignalPath);
  return value === 'unknown' ? '' : phraseOf(encoder.spec, path, value);
}

/** At most two of the item's tags: those the visitor likes most, or those the feature names. */
function tagWords(feature: Feature, { profile, encoder, now }: DecideRequest, item: Item): string {
  const spec: FeatureSpec = encoder.spec;
  const taste = tastes(profile, now, spec.halfLifeDays ?? 14);
  const relevant = (item.tags ?? []).filter((tag) =>
    feature.kind === 'multi-hot' ? feature.values.includes(tag) : (taste.get(tag) ?? 0) > 0,
  );
  relevant.sort((a, b) => (taste.get(b) ?? 0) - (taste.get(a) ?? 0));
  return relevant
    .slice(0, 2)
    .map((tag) => phraseOf(spec, 'tags', tag))
    .join(' and ');
}
