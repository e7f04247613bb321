import { expect, test } from 'vitest';
import type { InklingError } from '../inkling-error.ts';
import { checkPack, type PackCheck } from '../pack/check-pack.ts';
import { ASSET_BYTES, CATALOG_ITEMS, COUNTS, PACK_BYTES } from '../pack/limits.ts';
import type { Pack } from '../pack/pack.ts';
import { readPack } from '../pack/read-pack.ts';
import { catalogSchema, featureSpecSchema, packSchema } from '../pack-schema.ts';

const pack: Pack = {
  format: 1,
  id: 'shop',
  version: 3,
  floor: 2,
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
  expect(checkPack(structuredClone(pack), { now })).toEqual(pack);
});

test('the lean check names the place, what was expected and what was found', () => {
  const bad = { ...pack, slots: [{ ...pack.slots[0], policy: 'greedy' }] };
  expect(() => checkPack(bad, { now })).toThrow('pack.slots[0].policy: expected object, found string');
  expect(() => checkPack(null, { now })).toThrow('pack: expected object, found null');
  expect(() => checkPack({ ...pack, format: 2 }, { now })).toThrow('pack.format: expected 1, found 2');
});

test('a pack is refused once it has expired, or a floor has risen above it', () => {
  const codeOf = (check: PackCheck, change: object = {}) => {
    try {
      return checkPack({ ...pack, ...change }, check).id;
    } catch (error) {
      return (error as InklingError).code;
    }
  };
  expect(codeOf({ now: Date.parse(pack.expiresAt) - 1 })).toBe('shop');
  expect(codeOf({ now: Date.parse(pack.expiresAt) })).toBe('E_PACK_EXPIRED');
  expect(codeOf({ now }, { expiresAt: 'some day' })).toBe('E_PACK_EXPIRED');
  expect(codeOf({ now, floor: 3 })).toBe('shop');
  expect(codeOf({ now, floor: 4 })).toBe('E_PACK_FLOOR');
  expect(codeOf({ now }, { floor: 4 })).toBe('E_PACK_FLOOR');
  expect(parse({ ...pack, floor: 4 })).toBe(false);
});

test('a pack over its limits is refused', () => {
  const text = JSON.stringify(pack);
  const padded = (bytes: number) => new TextEncoder().encode(text + ' '.repeat(bytes - text.length));
  expect(readPack(padded(PACK_BYTES), { now }).id).toBe('shop');
  expect(() => readPack(padded(PACK_BYTES + 1), { now })).toThrow(
    'pack.json: expected 131072 bytes, found 131073',
  );
  const [asset] = pack.assets;
  const large = { ...pack, assets: [{ ...asset, bytes: ASSET_BYTES + 1 }] };
  expect(() => checkPack(large, { now })).toThrow('expected 16777216, found 16777217');
  expect(parse(large)).toBe(false);
  const slots = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ ...pack.slots[0], id: `slot-${i}` }));
  expect(parse({ ...pack, slots: slots(COUNTS.slots) })).toBe(true);
  expect(parse({ ...pack, slots: slots(COUNTS.slots + 1) })).toBe(false);
  const catalog = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `${i}` }));
  expect(catalogSchema.safeParse(catalog(CATALOG_ITEMS)).success).toBe(true);
  expect(catalogSchema.safeParse(catalog(CATALOG_ITEMS + 1)).success).toBe(false);
});

test('the schema refuses experiments that cannot be', () => {
  const variations = [
    { id: 'a', weight: 0.5 },
    { id: 'b', weight: 0.5 },
  ];
  const experiment = { id: 'hero', variations, holdout: 'winter' };
  const holdouts = [{ id: 'winter', share: 0.1 }];
  const withParts = (change: object) =>
    parse({ ...pack, holdouts, experiments: [{ ...experiment, ...change }] });
  expect(withParts({})).toBe(true);
  expect(withParts({ holdout: 'summer' })).toBe(false);
  expect(withParts({ variations: variations.slice(1) })).toBe(false);
  expect(withParts({ variations: [variations[0], { id: 'b', weight: 0.4 }] })).toBe(false);
  expect(withParts({ layer: { id: 'page', from: 0.5, to: 0.5 } })).toBe(false);
  // The edge does not know who is in an experiment.
  const [slot] = pack.slots;
  const varied = (decide: string) => [
    variations[0],
    { ...variations[1], slots: [{ ...slot, kind: 'order', decide }] },
  ];
  expect(withParts({ variations: varied('client') })).toBe(true);
  expect(withParts({ variations: varied('edge') })).toBe(false);
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

test('what leaves the browser is declared once by name, for a purpose, with fields, a sentence and a plain address', () => {
  const totals = {
    id: 'totals',
    url: '/totals',
    purpose: 'measurement',
    fields: ['slot', 'count'],
    sentence: 'What was shown is added to totals.',
  };
  const faultOf = (...egress: readonly object[]) =>
    packSchema.safeParse({ ...pack, egress }).error?.issues[0]?.path.join('.');
  expect(faultOf(totals, { ...totals, id: 'proof', url: 'https://proof.example/v1', days: 30 })).toBe(
    undefined,
  );
  expect(faultOf(totals, totals)).toBe('egress.1.id');
  for (const url of [
    '/totals?visitor=1',
    'http://count.example/',
    '//count.example/',
    'totals',
    'https://count.example',
  ])
    expect(faultOf({ ...totals, url }), url).toBe('egress.0.url');
  expect(faultOf({ ...totals, purpose: 'advertising' })).toBe('egress.0.purpose');
  expect(faultOf({ ...totals, sentence: '' })).toBe('egress.0.sentence');
  // The runtime sends these two, as they are.
  const report = { ...totals, id: 'report', fields: ['batch', 'cells'] };
  expect(faultOf(report)).toBe(undefined);
  for (const other of [{ fields: ['batch'] }, { purpose: 'context' }, { method: 'GET' }])
    expect(faultOf({ ...report, ...other }), Object.keys(other).join()).toBe('egress.0');
  const fields = ['version', 'slot', 'moment', 'hour', 'candidates', 'items', 'propensities', 'rewards'];
  const impression = { ...totals, id: 'impression', purpose: 'research', fields };
  expect(faultOf(impression)).toBe(undefined);
  for (const other of [{ fields: [...fields, 'visitor'] }, { purpose: 'measurement' }])
    expect(faultOf({ ...impression, ...other }), Object.keys(other).join()).toBe('egress.0');
});

test('a table of regions names each region once, a rule that exists, and where it is from', () => {
  const row = {
    regions: 'NO US-CA',
    regime: 'notice',
    refusalDays: 90,
    source: 'our counsel',
    date: '2026-01-01',
  };
  const faultOf = (...regimes: readonly object[]) =>
    packSchema.safeParse({ ...pack, regimes }).error?.issues[0]?.path.join('.');
  expect(faultOf(row, { ...row, regions: 'SE' })).toBe(undefined);
  expect(faultOf()).toBe('regimes');
  expect(faultOf(row, { ...row, regions: 'SE US-CA' })).toBe('regimes.1.regions');
  for (const regions of ['', 'no', 'NO,SE', 'NO  SE', 'Norway', 'US-'])
    expect(faultOf({ ...row, regions }), regions).toBe('regimes.0.regions');
  expect(faultOf({ ...row, regime: 'opt' })).toBe('regimes.0.regime');
  expect(faultOf({ ...row, refusalDays: 0 })).toBe('regimes.0.refusalDays');
  expect(faultOf({ ...row, source: '' })).toBe('regimes.0.source');
  expect(faultOf({ ...row, date: 'lately' })).toBe('regimes.0.date');
});
