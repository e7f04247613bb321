import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createContext,
  createEncoder,
  decodeNeighbours,
  type FeatureSpec,
  type Item,
  type Pack,
  prng,
} from '@inkling/core';
import { InferenceSession, Tensor } from '@inkling/onnx';
import { InferenceSession as OrtSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { afterAll, beforeAll, expect, test } from 'vitest';

const BIN = join(import.meta.dirname, '../../packages/cli/src/bin.ts');
const SHOP = join(import.meta.dirname, '../../examples/storefront');
const catalog: readonly Item[] = JSON.parse(readFileSync(join(SHOP, 'catalog.json'), 'utf8'));
const spec: FeatureSpec = JSON.parse(readFileSync(join(SHOP, 'pack/features.json'), 'utf8'));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkling-cli-'));
  for (const name of ['features.json', 'slots.json', 'card.json'])
    cpSync(join(SHOP, 'pack', name), join(folder, name));
  cpSync(join(SHOP, 'catalog.json'), join(folder, 'catalog.json'));
  cpSync(join(SHOP, 'training/mapping.json'), join(folder, 'mapping.json'));
  writeFileSync(join(folder, 'log.ndjson'), impressions());
});
afterAll(() => rmSync(folder, { recursive: true }));

function inkling(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=@inkling/source', BIN, ...args],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined } },
  );
  return { status, stdout, stderr };
}

const LOG = [
  '--impressions',
  'log.ndjson',
  '--mapping',
  'mapping.json',
  '--spec',
  'features.json',
  '--catalog',
  'catalog.json',
];
const PACK = [
  'pack',
  '--id',
  'shop',
  '--pack-version',
  '1',
  '--catalog',
  'catalog.json',
  '--spec',
  'features.json',
  '--slots',
  'slots.json',
  '--card',
  'card.json',
  '--accept-risk',
  'a test of what else is in the pack',
];

test('train, evaluate, pack: from a log to a pack', async () => {
  const trained = inkling('train', ...LOG, '--out', 'model', '--epochs', '3');
  expect(trained.stderr).toMatch(/epoch {3}1 {2}loss \d\.\d{4} {2}validation MRR 0\.\d{4}/);
  expect(trained.status).toBe(0);
  expect(readdirSync(join(folder, 'model')).sort()).toEqual([
    'metrics.json',
    'popularity.json',
    'ranker.onnx',
  ]);

  const again = inkling('train', ...LOG, '--out', 'again', '--epochs', '3');
  expect(again.status).toBe(0);
  const model = readFileSync(join(folder, 'model/ranker.onnx'));
  expect(readFileSync(join(folder, 'again/ranker.onnx')).equals(model)).toBe(true);

  const evaluated = inkling(
    'evaluate',
    ...LOG,
    '--model',
    'model/ranker.onnx',
    '--popularity',
    'model/popularity.json',
    '--json',
  );
  const { cases, lists } = JSON.parse(evaluated.stdout);
  expect(lists).toBe(200);
  // The log's visitors choose rain gear in the rain and the cheapest otherwise: any learning beats the random order.
  expect(cases.ranker.mrr.low).toBeGreaterThan(cases.random.mrr.high);
  expect(cases.ranker.mrr.low).toBeLessThan(cases.ranker.mrr.value);

  const packed = inkling(
    ...PACK,
    '--model',
    'model/ranker.onnx',
    '--metrics',
    'model/metrics.json',
    '--out',
    'pack',
  );
  expect(packed.stderr).toBe('');
  expect(packed.status).toBe(0);
  const pack: Pack = JSON.parse(readFileSync(join(folder, 'pack/pack.json'), 'utf8'));
  expect(readdirSync(join(folder, 'pack')).sort()).toEqual(
    ['pack.json', ...pack.assets.map(({ path }) => path)].sort(),
  );
  const inlined = pack.assets.filter(({ inline }) => inline !== undefined);
  expect(inlined.map(({ role }) => role)).toEqual(['model']);
  expect(Buffer.from(inlined[0]?.inline ?? '', 'base64').equals(model)).toBe(true);
  await expectSameScores(model);

  const key = /public key +(\S+)/.exec(inkling('keys', '--out', 'key.pem').stdout)?.[1] ?? '';
  for (const option of ['--sign', '--key']) {
    const out = `signed${option}`;
    expect(inkling(...PACK, '--model', 'model/ranker.onnx', '--out', out, option, 'key.pem').status).toBe(0);
    expect(inkling('verify', out, '--key', key)).toMatchObject({ status: 0, stderr: '' });
  }
  expect(inkling('verify', 'pack', '--key', key).stderr).toContain('pack.json.sig');
}, 60_000);

/** The written model means the same to onnxruntime. */
async function expectSameScores(model: Uint8Array): Promise<void> {
  const encoder = createEncoder(spec);
  const context = createContext({ weather: { condition: 'rain' } });
  const features = encoder.encode({ context, profile: undefined, items: catalog, now: 0 });
  const dims = [catalog.length, encoder.width];
  const ours = await InferenceSession.create(model);
  const theirs = await OrtSession.create(model);
  const a = ours.runSync({ features: new Tensor('float32', features, dims) }).score?.data as Float32Array;
  const b = (await theirs.run({ features: new OrtTensor('float32', features, dims) })).score
    ?.data as Float32Array;
  expect(a).toHaveLength(catalog.length);
  const gap = Math.max(...a.map((score, row) => Math.abs(score - (b[row] as number))));
  expect(gap).toBeLessThan(1e-5);
}

test.each<[string, (name: string) => string, string[], RegExp]>([
  ['a catalog that is no JSON', () => '[{', ['--catalog'], /bad\.json: expected JSON, found /],
  [
    'a catalog with an item without id',
    () => '[{"id":"a"},{"title":"x"}]',
    ['--catalog'],
    /bad\.json: \[1\]\.id: expected string, found nothing/,
  ],
  [
    'a doubled item',
    () => '[{"id":"a"},{"id":"a"}]',
    ['--catalog'],
    /bad\.json: \[1\]\.id: expected each id once; it is also at 0, found "a"/,
  ],
  [
    'a spec whose feature has no sentence',
    () => JSON.stringify({ ...spec, features: [{ ...spec.features[0], sentence: '' }] }),
    ['--spec'],
    /bad\.json: features\[0\]\.sentence: expected .*, found ""/,
  ],
  [
    'a spec with a signal that does not exist',
    () => JSON.stringify({ ...spec, features: [{ ...spec.features[0], source: 'moon.phase' }] }),
    ['--spec'],
    /bad\.json: features\[0\]\.source: expected a signal, "item:id", .*, found "moon\.phase"/,
  ],
  [
    'a spec the model was not made for',
    () => JSON.stringify({ ...spec, features: spec.features.slice(1) }),
    ['--spec'],
    /ranker\.onnx: metadata inkling\.spec: expected [0-9a-f]{16}, found [0-9a-f]{16}/,
  ],
  [
    'a slot pinning an unknown item',
    () =>
      '[{"id":"grid","kind":"order","decide":"client","policy":{"type":"greedy"},"rules":[{"type":"pin","item":"ghost","position":0}]}]',
    ['--slots'],
    /slots: \[0\]\.rules\[0\]\.item: expected an item of the catalog, found "ghost"/,
  ],
  [
    'squarecb with a model whose score is no probability',
    () =>
      '[{"id":"grid","kind":"order","decide":"client","policy":{"type":"squarecb","gamma":100},"rules":[]}]',
    ['--slots'],
    /ranker\.onnx: metadata inkling\.output: expected probability, because the slot grid .*, found utility/,
  ],
  [
    'a policy nobody knows',
    () => '[{"id":"grid","kind":"order","decide":"client","policy":{"type":"hope"},"rules":[]}]',
    ['--slots'],
    /bad\.json: \[0\]\.policy\.type: expected .*, found/,
  ],
  [
    'a model that is no ONNX',
    () => 'not a model',
    ['--model'],
    /bad\.json: expected an ONNX model that @inkling\/onnx runs, found /,
  ],
  [
    'a model that is not there',
    () => '',
    ['--model', 'ghost.onnx'],
    /ghost\.onnx: expected a readable file, found no such file/,
  ],
])(
  'pack refuses %s: one line, exit code 2, nothing written',
  (_, content, [flag = '', value = 'bad.json'], message) => {
    expect(existsSync(join(folder, 'model/ranker.onnx'))).toBe(true);
    writeFileSync(join(folder, 'bad.json'), content('bad.json'));
    const args = [...PACK, '--model', 'model/ranker.onnx'];
    args[args.indexOf(flag) + 1] = value;
    const { status, stderr } = inkling(...args, '--out', 'refused');
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(status).toBe(2);
    expect(existsSync(join(folder, 'refused'))).toBe(false);
  },
);

test.each<[string, string[], RegExp]>([
  [
    'a mapping with an unknown property',
    ['--mapping', 'm1.json'],
    /m1\.json: expected no property colour, found/,
  ],
  [
    'a mapping that names a missing column',
    ['--mapping', 'm2.json'],
    /log\.ndjson: line 1: expected a column price_eur, found the columns list, /,
  ],
  [
    'no impressions at all',
    ['--impressions', 'ghost.csv'],
    /ghost\.csv: expected a readable file, found no such file/,
  ],
])('train refuses %s: exit code 2, nothing written', (_, [flag = '', value = ''], message) => {
  const mapping = JSON.parse(readFileSync(join(folder, 'mapping.json'), 'utf8'));
  writeFileSync(join(folder, 'm1.json'), JSON.stringify({ ...mapping, colour: 'red' }));
  writeFileSync(join(folder, 'm2.json'), JSON.stringify({ ...mapping, features: { price: 'price_eur' } }));
  const args = [...LOG];
  args[args.indexOf(flag) + 1] = value;
  const { status, stderr } = inkling('train', ...args, '--out', 'refused');
  expect(stderr).toMatch(message);
  expect(status).toBe(2);
  expect(existsSync(join(folder, 'refused'))).toBe(false);
});

test('keys, pack, verify: only who has the key can make a pack that verifies', () => {
  const made = inkling('keys', '--out', 'private.pem');
  expect(made.status).toBe(0);
  expect(statSync(join(folder, 'private.pem')).mode & 0o777).toBe(0o600);
  const before = readFileSync(join(folder, 'private.pem'));
  const again = inkling('keys', '--out', 'private.pem');
  expect(again.stderr).toMatch(/private\.pem: expected a new file, found one that is there/);
  expect(again.status).toBe(2);
  expect(readFileSync(join(folder, 'private.pem'))).toEqual(before);
  const key = /^public key {3}(\S{87})$/m.exec(made.stdout)?.[1] ?? '';

  const signed = inkling(...PACK, '--model', 'model/ranker.onnx', '--out', 'signed', '--key', 'private.pem');
  expect(signed.stderr).toBe('');
  expect(JSON.parse(readFileSync(join(folder, 'signed/pack.json.sig'), 'utf8')).kid).toBe(key.slice(0, 16));
  const verified = inkling('verify', 'signed', '--key', key);
  expect(verified.stdout).toMatch(/^shop version 1, floor 1, until 20\S+Z, signed\n$/);
  expect(verified.status).toBe(0);

  const foreign = /public key {3}(\S+)/.exec(inkling('keys', '--out', 'other.pem').stdout)?.[1] ?? '';
  expect(inkling('verify', 'signed', '--key', foreign).stderr).toMatch(/pack\.json\.sig: expected kid/);
  expect(inkling('verify', 'signed', '--key', foreign, key).status).toBe(0);

  const file = join(folder, 'signed/pack.json');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('"holdout":0.1', '"holdout":0.9'));
  const tampered = inkling('verify', 'signed', '--key', key);
  expect(tampered.stderr).toMatch(/expected the signature of these bytes/);
  expect(tampered.status).toBe(2);
  writeFileSync(file, text);
  const { path } = (JSON.parse(text) as Pack).assets.find(({ role }) => role === 'catalog') ?? { path: '' };
  const asset = readFileSync(join(folder, 'signed', path), 'utf8');
  writeFileSync(join(folder, 'signed', path), asset.replace('rain', 'sun '));
  expect(inkling('verify', 'signed', '--key', key).stderr).toMatch(/catalog-\w+\.json: expected sha256 /);

  // A pack that is not signed leaves no older signature behind.
  expect(inkling(...PACK, '--model', 'model/ranker.onnx', '--out', 'signed').status).toBe(0);
  expect(existsSync(join(folder, 'signed/pack.json.sig'))).toBe(false);
});

test('pack says which items leave no trace, which rules name nothing and how many pages are shared, and packs what goes together', () => {
  const ids = catalog.slice(0, 3).map(({ id }) => id) as [string, string, string];
  const tag = catalog[0]?.tags?.[0] ?? '';
  const carriers = catalog.filter(({ tags }) => tags?.includes(tag)).length;
  const rules = [
    { type: 'exclude', tag: 'nowhere' },
    { type: 'only', group: 'nobody' },
  ];
  const slot = { id: 'grid', kind: 'list', decide: 'client', policy: { type: 'greedy' }, rules };
  writeFileSync(join(folder, 'stray.json'), JSON.stringify([slot]));
  writeFileSync(
    join(folder, 'settings.json'),
    JSON.stringify({
      sensitive: [tag, 'unheard-of'],
      shared: { signals: ['time.daypart', 'weather.condition'] },
    }),
  );
  const edges = { viewed: [[ids[1], ids[2], 2]], bought: [[ids[0], ids[1], 1]] };
  writeFileSync(join(folder, 'edges.json'), JSON.stringify(edges));
  const args = [...PACK, '--model', 'model/ranker.onnx', '--out', 'declared', '--floor', '1'];
  args[args.indexOf('--slots') + 1] = 'stray.json';
  const packed = inkling(...args, '--settings', 'settings.json', '--neighbours', 'edges.json');
  expect(packed.stderr.trim().split('\n')).toEqual([
    `note sensitive: ${carriers} of ${catalog.length} items leave no trace in a profile: ${tag} ${carriers}, unheard-of none`,
    'note slot grid, rule 0 (exclude): no item has the tag "nowhere"',
    'note slot grid, rule 1 (only): no item has the group "nobody"',
    'note shared: up to 84 pages of each address in a cache, by time.daypart, weather.condition',
  ]);
  expect(packed.status).toBe(0);
  const pack: Pack = JSON.parse(readFileSync(join(folder, 'declared/pack.json'), 'utf8'));
  expect(pack.sensitive).toEqual([tag, 'unheard-of']);
  const asset = pack.assets.find(({ role }) => role === 'neighbours');
  const [bought, viewed] = decodeNeighbours(Buffer.from(asset?.inline ?? '', 'base64'), catalog.length);
  // The first item is sensitive: what was bought with it stays unsaid.
  expect([bought?.kind, bought?.items.length]).toEqual(['bought', 0]);
  expect([viewed?.kind, [...(viewed?.items ?? [])]]).toEqual(['viewed', [2, 1]]);

  writeFileSync(join(folder, 'edges.json'), JSON.stringify({ viewed: [['ghost', ids[1], 1]] }));
  const ghost = inkling(...args, '--neighbours', 'edges.json');
  expect(ghost.stderr).toMatch(/neighbours: expected items of the catalog, found .*ghost/);
  expect(inkling(...args, '--floor', '2').stderr).toMatch(
    /pack\.json: floor: expected at most the version, 1/,
  );
});

test('drift and skew print what they find, and fail where they were told to', () => {
  // Rain alone, where it rained half of the time.
  const wet = impressions()
    .split('\n')
    .filter((line) => line.includes('"rain"'));
  writeFileSync(join(folder, 'wet.ndjson'), wet.join('\n'));
  const logs = ['--before', 'log.ndjson', '--after', 'wet.ndjson', '--mapping', 'mapping.json'];
  const drift = ['drift', ...logs, '--spec', 'features.json', '--catalog', 'catalog.json'];
  const found = inkling(...drift, '--fail-on', 'psi>0.25');
  expect(found.stdout).toMatch(/\nweather\.condition=rain +\d\.\d{4} +0\.\d{4} +large /);
  expect(found.stderr).toMatch(/^psi>0\.25: .*weather\.condition=rain/);
  expect(found.status).toBe(1);
  expect(inkling(...drift, '--fail-on', 'ks>2').status).toBe(0);
  expect(inkling(...drift, '--fail-on', 'hope').stderr).toMatch(/expected a condition such as psi>0\.25/);

  const skew = inkling('skew', '--records', 'ghost.ndjson', '--pack', 'pack', '--strict');
  expect(skew.stderr).toMatch(/ghost\.ndjson: expected a readable file, found no such file/);
  expect(skew.status).toBe(2);
});

test('a wrong option says what was expected', () => {
  const { status, stderr } = inkling('train', ...LOG, '--out', 'x', '--epochs', 'many');
  expect(stderr).toMatch(/--epochs.*expected a whole number above 0/);
  expect(status).toBe(2);
  expect(inkling('fly').status).toBe(2);
  expect(inkling('--help').status).toBe(0);
});

/** 200 lists of six items, 40 visitors: in the rain they take the first rain thing, otherwise the cheapest. */
function impressions(): string {
  const random = prng('cli', 'log');
  const products = catalog.filter(({ group }) => group === 'product');
  const lines: string[] = [];
  for (let list = 0; list < 200; list++) {
    const start = random() % (products.length - 6);
    const items = products.slice(start, start + 6);
    const condition = random() % 2 ? 'rain' : 'clear';
    const forRain = items.findIndex((item) => item.tags?.includes('rain'));
    const prices = items.map((item) => item.price ?? 0);
    const chosen = condition === 'rain' && forRain >= 0 ? forRain : prices.indexOf(Math.min(...prices));
    items.forEach((item, position) => {
      lines.push(
        JSON.stringify({
          list,
          visitor: `v${list % 40}`,
          item: item.id,
          chosen: Number(position === chosen),
          position,
          at: list * 1000,
          condition,
          temperature: '',
          hour: '',
          season: '',
          device: '',
          visit: '',
        }),
      );
    });
  }
  return lines.join('\n');
}

test('neighbours: the feature that reads them learns from them; without a catalog, or of strange items, a clear word', () => {
  const near = {
    kind: 'number',
    source: 'last:neighbours',
    group: 'near',
    sentence: 'It goes with what you looked at.',
  };
  const words = { format: 2, groups: [{ id: 'near', sentence: 'What goes together.' }], phrases: {} };
  writeFileSync(join(folder, 'near.json'), JSON.stringify({ ...words, features: [near] }));
  const pairs = catalog.slice(1, 30).map(({ id }) => [catalog[0]?.id, id, 1]);
  writeFileSync(join(folder, 'pairs.json'), JSON.stringify({ viewed: pairs }));
  writeFileSync(join(folder, 'strange.json'), JSON.stringify({ viewed: [['nobody', 'knows', 1]] }));
  const log = ['--impressions', 'log.ndjson', '--mapping', 'mapping.json', '--spec', 'near.json'];
  const train = (...args: readonly string[]) =>
    inkling('train', ...log, '--epochs', '1', '--model', 'linear', ...args);
  const alone = train('--out', 'near', '--catalog', 'catalog.json');
  const together = train('--out', 'nearer', '--catalog', 'catalog.json', '--neighbours', 'pairs.json');
  expect([alone.status, together.status]).toEqual([0, 0]);
  const dataOf = (name: string) =>
    JSON.parse(readFileSync(join(folder, name, 'metrics.json'), 'utf8')).training.data;
  expect(dataOf('nearer')).not.toBe(dataOf('near'));
  expect(train('--out', 'none', '--neighbours', 'pairs.json').stderr).toContain(
    'options: --neighbours: expected --catalog beside it, found none',
  );
  expect(
    train('--out', 'none', '--catalog', 'catalog.json', '--neighbours', 'strange.json').stderr,
  ).toContain(
    'strange.json: expected items of the catalog, found neighbours: the catalog has no item nobody',
  );
});
