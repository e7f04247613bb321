import { expect, test } from 'vitest';
import { checkPack } from '../pack/check-pack.ts';
import type { Pack } from '../pack/pack.ts';
import { catalogSchema, featureSpecSchema, packSchema } from '../pack-schema.ts';

const pack: Pack = {
  format: 1,
  id: 'shop',
  version: 3,
  createdAt: '2026-01-01T00:00:00Z',
  expiresAt: '2027-01-01T00:00:00Z',
  assets: [{ role: 'model', path: 'ranker-1a.onnx', bytes: 3, sha256: 'a'.repeat(64), inline: 'AAEC' }],
  spec: {
    format: 1,
    groups: [{ id: 'weather', sentence: 'The weather played a part.' }],
    features: [
      {
        kind: 'signal',
        signal: 'weather.condition',
        values: ['rain'],
        group: 'weather',
        sentence: 'It rains.',
      },
    ],
    phrases: {},
  },
  fingerprint: '0123456789abcdef',
  slots: [{ id: 'grid', kind: 'order', decide: 'client', policy: { type: 'greedy' }, rules: [] }],
  experiment: { holdout: 0.1 },
  modelCard: { summary: 's', data: 'd', metrics: { mrr: 0.5 } },
};
const now = Date.parse('2026-06-01T00:00:00Z');
const parse = (value: unknown) => packSchema.safeParse(value).success;

test('a whole pack passes both checks', () => {
  expect(parse(pack)).toBe(true);
  expect(checkPack(structuredClone(pack), now)).toEqual(pack);
});

test('whatever the lean check refuses, the schema refuses too: every property removed or replaced', () => {
  let refused = 0;
  const visit = (value: unknown, write: (replacement: unknown) => void) => {
    for (const wrong of [undefined, null, 7, 'x', [], {}, true]) {
      write(wrong);
      if (throws(() => checkPack(copy, now))) {
        refused++;
        expect(parse(copy)).toBe(false);
      }
    }
    write(value);
    if (typeof value !== 'object' || value === null) return;
    for (const key of Object.keys(value)) {
      visit(Reflect.get(value, key), (replacement) => Reflect.set(value, key, replacement));
    }
  };
  const copy = structuredClone(pack) as unknown as Record<string, unknown>;
  for (const key of Object.keys(copy))
    visit(copy[key], (replacement) => {
      copy[key] = replacement;
    });
  expect(copy).toEqual(pack);
  expect(refused).toBeGreaterThan(150);
});

test('the lean check names the place, what was expected and what was found', () => {
  const bad = { ...pack, slots: [{ ...pack.slots[0], policy: 'greedy' }] };
  expect(() => checkPack(bad, now)).toThrow('pack.slots[0].policy: expected object, found string');
  expect(() => checkPack(null, now)).toThrow('pack: expected object, found null');
  expect(() => checkPack({ ...pack, format: 2 }, now)).toThrow('pack.format: expected 1, found 2');
  expect(() => checkPack(pack, Date.parse(pack.expiresAt))).toThrow(/expired/);
});

test('specs of both formats pass, each with its own features', () => {
  const words = { group: 'weather', sentence: 'Because.' };
  const errorOf = (format: 1 | 2, feature: object) =>
    featureSpecSchema.safeParse({ ...pack.spec, format, features: [{ ...feature, ...words }] }).error
      ?.issues[0];
  const signal = { kind: 'signal', signal: 'weather.condition', values: ['rain'] };
  const oneHot = { kind: 'one-hot', source: 'weather.condition', values: ['rain'] };
  const price = { kind: 'number', source: 'item:price' };
  expect([errorOf(1, signal), errorOf(2, oneHot), errorOf(2, price)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(errorOf(2, signal)?.path).toEqual(['features', 0, 'kind']);
  expect(errorOf(1, oneHot)?.path).toEqual(['features', 0, 'kind']);
  for (const [feature, place] of [
    [{ ...oneHot, source: 'moon.phase' }, 'source'],
    [{ ...oneHot, source: 'item:price' }, 'source'],
    [{ ...oneHot, values: ['rain', 'rain'] }, 'values'],
    [{ ...price, source: 'item:tags' }, 'source'],
    [{ ...price, transforms: [{ type: 'cube' }] }, 'transforms'],
    [{ ...price, kind: 'bucketized', edges: [2, 1] }, 'edges'],
    [{ kind: 'hashed', sources: ['item:id'], buckets: 1e9 }, 'buckets'],
    [{ kind: 'embedding', source: 'item:id', vocabulary: ['a'], input: 'features' }, 'input'],
  ] as const) {
    expect(errorOf(2, feature)?.path[2], JSON.stringify(feature)).toBe(place);
  }
});

test('the schema refuses a feature without a sentence, of an unknown group or signal, and a doubled item', () => {
  const spec = (change: object) =>
    featureSpecSchema.safeParse({ ...pack.spec, features: [{ ...pack.spec.features[0], ...change }] });
  expect(spec({}).success).toBe(true);
  expect(spec({ sentence: '' }).success).toBe(false);
  expect(spec({ group: 'moon' }).error?.issues[0]?.message).toBe('expected one of the groups weather');
  expect(spec({ signal: 'moon.phase' }).success).toBe(false);
  const doubled = catalogSchema.safeParse([{ id: 'a' }, { id: 'b' }, { id: 'a' }]);
  expect(doubled.error?.issues[0]).toMatchObject({
    path: [2, 'id'],
    message: 'expected each id once; it is also at 0',
  });
});

function throws(run: () => unknown): boolean {
  try {
    run();
    return false;
  } catch {
    return true;
  }
}
