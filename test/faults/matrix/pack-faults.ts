import { createHash } from 'node:crypto';
import type { Pack, PackAsset } from '@inkling/core';
import { createFullEncoder } from '@inkling/core/full';
import { buildModel, float32, type ModelSpec } from '../../onnx/model-builder.ts';
import type { Fault } from './fault.ts';
import { type PackChange, withPack } from './with-pack.ts';

const FIELDS = [
  'format',
  'id',
  'version',
  'floor',
  'createdAt',
  'expiresAt',
  'assets',
  'spec',
  'fingerprint',
  'slots',
  'experiment',
  'modelCard',
] as const satisfies readonly (keyof Pack)[];
/** What no decision asks for, so that nobody in the browser looks at it. */
const UNREAD: readonly string[] = ['id', 'createdAt'];

const missing = FIELDS.map(
  (field): Omit<Fault, 'kind'> => ({
    name: `pack.${field} is missing`,
    expect: UNREAD.includes(field) ? 'personalized' : 'authored',
    answer: withPack(({ [field]: _, ...rest }) => rest),
  }),
);
const odd = [...FIELDS, 'adapt' as const].map(
  (field): Omit<Fault, 'kind'> => ({
    name: `pack.${field} is of another type`,
    // What learns is loaded behind, and refuses it there.
    expect: [...UNREAD, 'adapt'].includes(field) ? 'personalized' : 'authored',
    answer: withPack((pack) => ({ ...pack, [field]: Array.isArray(pack[field]) ? { length: 1 } : [null] })),
  }),
);

const WRONG: readonly (readonly [name: string, code: string | undefined, change: PackChange])[] = [
  ['expired', 'E_PACK_EXPIRED', (pack) => ({ ...pack, expiresAt: '2020-01-01T00:00:00Z' })],
  ['one that turns the site off', 'E_PACK_OFF', (pack) => ({ ...pack, off: true })],
  ['of a later format', 'E_PACK_FORMAT', (pack) => ({ ...pack, format: 2 })],
  ['below its own floor', undefined, (pack) => ({ ...pack, floor: pack.version + 1 })],
  ['made for another spec', 'E_SPEC_MISMATCH', (pack) => ({ ...pack, fingerprint: '0'.repeat(16) })],
  ['an array', 'E_PACK_FORMAT', () => []],
  ['null', 'E_PACK_FORMAT', () => 'null'],
  ['ten thousand brackets', 'E_PACK_FORMAT', () => `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
  ['of five megabytes', 'E_PACK_LIMIT', (pack) => ({ ...pack, id: 'x'.repeat(5_000_000) })],
  ['not UTF-8', 'E_PACK_FORMAT', () => '\ufffd\ufffe{'],
  [
    'one that names an asset of another site',
    'E_PACK_FORMAT',
    (pack) =>
      withAsset(pack, 'catalog', (asset) => ({ ...asset, path: 'https://elsewhere.example/catalog.json' })),
  ],
  [
    'one with a feature of an unknown kind',
    'E_PACK_FORMAT',
    (pack) => ({
      ...pack,
      spec: { ...pack.spec, features: [{ ...pack.spec.features[0], kind: 'horoscope' }] },
    }),
  ],
  [
    'one with a rule of an unknown type',
    'E_PACK_FORMAT',
    (pack) => ({ ...pack, slots: pack.slots.map((slot) => ({ ...slot, rules: [{ type: 'horoscope' }] })) }),
  ],
];
const wrong = WRONG.map(
  ([name, code, change]): Omit<Fault, 'kind'> => ({
    name: `the pack is ${name}`,
    expect: 'authored',
    ...(code && { code }),
    answer: withPack(change),
  }),
);

type ModelChange = (model: Buffer, pack: Pack) => Buffer;

const MODELS: readonly (readonly [
  name: string,
  code: string | undefined,
  change: ModelChange,
  rehash?: false,
])[] = [
  ['is cut under its old hash', 'E_INTEGRITY', (model) => model.subarray(0, model.length / 2), false],
  ['is cut under a right hash', 'E_MODEL', (model) => model.subarray(0, model.length / 2)],
  ['is empty', 'E_PACK_FORMAT', () => Buffer.alloc(0)],
  ['is no ONNX', 'E_MODEL', () => Buffer.from('not a model at all')],
  ['answers NaN to everything', undefined, (_, pack) => constant(pack, Number.NaN)],
  ['answers Infinity to everything', undefined, (_, pack) => constant(pack, Infinity)],
  ['is of an opset to come', undefined, (_, pack) => constant(pack, 1, { opset: 999 })],
  ['has an operator nobody knows', 'E_MODEL', (_, pack) => constant(pack, 1, { op: 'Horoscope' })],
  ['answers for one row only', undefined, (_, pack) => constant(pack, 1, { op: 'ReduceSum' })],
  ['takes another width', undefined, (_, pack) => constant(pack, 1, { width: 3 })],
];
const models = MODELS.map(
  ([name, code, change, rehash = true]): Omit<Fault, 'kind'> => ({
    name: `the model ${name}`,
    expect: code ? 'authored' : 'either',
    ...(code && { code }),
    answer: withPack((pack) =>
      withAsset(pack, 'model', (asset) =>
        inlined(asset, change(Buffer.from(asset.inline ?? '', 'base64'), pack), rehash),
      ),
    ),
  }),
);

export const PACK_FAULTS: readonly Fault[] = [
  ...[...missing, ...odd, ...wrong].map((fault): Fault => ({ ...fault, kind: 'pack' })),
  ...models.map((fault): Fault => ({ ...fault, kind: 'model' })),
];

function withAsset(pack: Pack, role: PackAsset['role'], change: (asset: PackAsset) => PackAsset): Pack {
  return { ...pack, assets: pack.assets.map((asset) => (asset.role === role ? change(asset) : asset)) };
}

function inlined(asset: PackAsset, bytes: Buffer, rehash: boolean): PackAsset {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { ...asset, bytes: bytes.length, inline: bytes.toString('base64'), ...(rehash && { sha256 }) };
}

/** A model that gives every row the same score. */
function constant(
  pack: Pack,
  score: number,
  { op = 'Gemm', opset, width }: { op?: string; opset?: number; width?: number } = {},
): Buffer {
  const columns = width ?? createFullEncoder(pack.spec).width;
  const reduces = op === 'ReduceSum';
  const spec: ModelSpec = {
    nodes: [{ op, inputs: reduces ? ['features'] : ['features', 'weights', 'bias'], outputs: ['score'] }],
    inputs: [{ name: 'features', dims: ['n', columns] }],
    outputs: [{ name: 'score', dims: ['n', 1] }],
    initializers: { weights: float32([columns, 1], Array(columns).fill(score)), bias: float32([1], [score]) },
    ...(opset && { opset }),
    metadata: { 'inkling.spec': pack.fingerprint, 'inkling.output': 'logit' },
  };
  return Buffer.from(buildModel(spec));
}
