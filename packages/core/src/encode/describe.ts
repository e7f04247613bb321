import type { BucketizedFeature, Feature, FeatureSpec, NumberFeature } from './feature-spec.ts';
import { phraseOf } from './phrase.ts';
import type { TextPath } from './source-path.ts';

/** What one column of the encoder says. */
export interface ColumnDescription {
  /** Unique in its spec, e.g. `weather.condition=rain` or `item:price:log1p`. */
  readonly name: string;
  /** For a visitor. Where the feature's own sentence needs words that the column does not have, that of its group. */
  readonly sentence: string;
  /** Index of its feature. */
  readonly feature: number;
}

/** A name for a column, and the words it gives to the feature's sentence. */
interface ColumnName {
  readonly name: string;
  readonly words?: Readonly<Record<string, string>>;
  /** Of a column that says the opposite of the feature, or nothing certain. */
  readonly isGeneral?: boolean;
}

/** Names every column of the spec's encoder, in its order. */
export function describe(spec: FeatureSpec): readonly ColumnDescription[] {
  const taken = new Set<string>();
  return spec.features.flatMap((feature, index) => {
    const group = spec.groups.find(({ id }) => id === feature.group);
    return columnNames(feature).map(({ name, words = {}, isGeneral = false }) => {
      let unique = name;
      for (let copy = 2; taken.has(unique); copy++) unique = `${name}#${copy}`;
      taken.add(unique);
      const general = group?.sentence ?? '';
      const sentence = isGeneral ? general : (sentenceWith(feature.sentence, words, spec) ?? general);
      return { name: unique, sentence, feature: index };
    });
  });
}

function columnNames(feature: Feature): readonly ColumnName[] {
  switch (feature.kind) {
    case 'one-hot':
    case 'multi-hot': {
      const { source, values } = feature;
      const columns: readonly ColumnName[] = values.map((value) => ({
        name: `${source}=${value}`,
        words: wordsFor(source, value),
      }));
      return feature.kind === 'multi-hot'
        ? columns
        : [...columns, { name: `${source}:other`, isGeneral: true }];
    }
    case 'match':
      return [
        { name: `${feature.source}=${feature.signal}` },
        { name: `${feature.source}≠${feature.signal}`, isGeneral: true },
      ];
    case 'number': {
      const name = pathOf(feature);
      return feature.indicator === false
        ? [{ name }]
        : [{ name }, { name: `${name}:known`, isGeneral: true }];
    }
    case 'bucketized': {
      const name = pathOf(feature);
      const bounds = [-Infinity, ...feature.edges, Infinity];
      return bounds.slice(1).map((high, i) => ({ name: `${name}[${bounds[i]},${high})` }));
    }
    case 'cyclic':
      return ['sin', 'cos'].map((part) => ({ name: `${feature.source}:${part}/${feature.period}` }));
    case 'cross': {
      const [left, right] = feature.sources;
      return feature.values[0].flatMap((a) =>
        feature.values[1].map((b) => ({
          name: `${left}=${a}×${right}=${b}`,
          words: { ...wordsFor(left, a), ...wordsFor(right, b) },
        })),
      );
    }
    case 'hashed':
      return Array.from({ length: feature.buckets }, (_, i) => ({
        name: `${feature.sources.join('×')}#${i}/${feature.buckets}`,
      }));
    case 'embedding':
      return Array.from({ length: feature.length ?? 1 }, (_, i) => ({ name: `${feature.input}[${i}]` }));
  }
}

function pathOf({ source, transforms = [] }: NumberFeature | BucketizedFeature): string {
  return [source, ...transforms.map(({ type }) => type)].join(':');
}

/** Sentences say `{tags}` for the tags of an item. */
function wordsFor(source: TextPath, value: string): Readonly<Record<string, string>> {
  return { [source === 'item:tags' ? 'tags' : source]: value };
}

/** The sentence with its placeholders replaced; undefined when a word is missing. */
function sentenceWith(
  sentence: string,
  words: Readonly<Record<string, string>>,
  spec: FeatureSpec,
): string | undefined {
  let isComplete = true;
  const filled = sentence.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const word = Object.hasOwn(words, name) ? words[name] : undefined;
    isComplete &&= word !== undefined;
    return word === undefined ? '' : phraseOf(spec, name, word);
  });
  return isComplete ? filled : undefined;
}
