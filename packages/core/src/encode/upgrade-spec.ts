import type { Feature, FeatureSpec } from './feature-spec.ts';
import type {
  AnyFeatureSpec,
  Feature1,
  NumberScale1,
  NumberSource1,
  RecentMeasure1,
} from './feature-spec-1.ts';
import type { NumberPath } from './source-path.ts';

/** The spec in the present format: the same columns in the same order, and the same bits in them. A spec's fingerprint is
 * that of the spec as it was written, in whatever format.
 *
 * What format 1 took for a value of its own is now as if it were not there: an infinite number, and in `match` a number
 * or boolean, which now equals the text that stands for it. */
export function upgradeSpec(spec: AnyFeatureSpec): FeatureSpec {
  return spec.format === 1 ? { ...spec, format: 2, features: spec.features.flatMap(upgrade) } : spec;
}

const SOURCES: Readonly<Record<NumberSource1, NumberPath>> = {
  price: 'item:price',
  popularity: 'attribute:popularity',
  position: 'list:position',
  age: 'age:days',
};

const MEASURES: Readonly<Record<RecentMeasure1, readonly [NumberPath, NumberScale1?]>> = {
  last: ['last:same'],
  rank: ['last:rank', 'reciprocal'],
  views: ['recent:views', 'log'],
  clicks: ['recent:clicks', 'log'],
  age: ['last:minutes', 'reciprocal'],
  'after-last': ['last:after', 'reciprocal'],
  'before-last': ['last:before', 'reciprocal'],
};

function upgrade(feature: Feature1): readonly Feature[] {
  const words = { group: feature.group, sentence: feature.sentence };
  const number = (source: NumberPath, scale?: NumberScale1, indicator = false): Feature => ({
    kind: 'number',
    source,
    ...(scale && { transforms: [{ type: scale === 'log' ? 'log1p' : scale }] }),
    indicator,
    ...words,
  });
  switch (feature.kind) {
    case 'signal':
      return [{ kind: 'one-hot', source: feature.signal, values: feature.values, ...words }];
    case 'tags':
      return [{ kind: 'multi-hot', source: 'item:tags', values: feature.tags, ...words }];
    case 'attribute': {
      const { attribute, values } = feature;
      return [{ kind: 'multi-hot', source: `attribute:${attribute}`, values, ...words }];
    }
    case 'match': {
      const { signal, attribute } = feature;
      return [{ kind: 'match', signal, source: `attribute:${attribute}`, ...words }];
    }
    case 'number': {
      return [number(SOURCES[feature.source], feature.scale, true)];
    }
    case 'affinity':
      return [number('affinity:mean'), number('affinity:max')];
    case 'recent':
      return [number(...MEASURES[feature.measure])];
    case 'history':
      return [
        number('history:overlap'),
        number('history:actions', 'log'),
        number('history:minutes', 'reciprocal'),
      ];
    default:
      // Left as it is, so that the encoder names what it does not know.
      return [feature];
  }
}
