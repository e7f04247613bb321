import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fingerprint, runTrainFromRules } from '@inkling/cli';
import { createContext, decide, type Item, type Pack, prng, readCatalog } from '@inkling/core';
import { explain } from '@inkling/core/explain';
import { createFullEncoder, slateKindsFor } from '@inkling/core/full';
import { Tensor } from '@inkling/onnx';
import { createLeanSession } from '@inkling/onnx/lean';
import { afterAll, beforeAll, expect, test } from 'vitest';

const BIN = join(import.meta.dirname, '../../packages/cli/src/bin.ts');
const CONSENT = join(import.meta.dirname, '../../packages/consent/src/consent-texts.ts');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkling-init-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function inkling(cwd: string, ...args: readonly string[]): Promise<Ran> {
  return run(cwd, process.execPath, '--conditions=@inkling/source', BIN, ...args);
}

function run(cwd: string, program: string, ...args: readonly string[]): Promise<Ran> {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
  return new Promise((resolve) => {
    execFile(program, [...args], { cwd, env }, (error, stdout, stderr) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

/** The commands of the README, as they stand there. */
function commandsIn(readme: string): readonly (readonly string[])[] {
  const block = /```sh\n([^`]*)```/.exec(readme)?.[1] ?? '';
  return block
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split(/\s+/).slice(1));
}

test('init: what it writes becomes a pack by the commands it names', async () => {
  await Promise.all(['shop', 'news', 'travel'].map(expectPack));
}, 60_000);

async function expectPack(site: string): Promise<void> {
  const at = join(folder, site);
  expect((await inkling(folder, 'init', site, site)).status).toBe(0);
  const readme = readFileSync(join(at, 'README.md'), 'utf8');
  for (const name of readdirSync(at)) if (name !== 'README.md') expect(readme).toContain(`\`${name}\``);
  const commands = commandsIn(readme);
  expect(commands.map(([name]) => name)).toEqual(['train', 'pack', 'verify']);
  const results: Ran[] = [];
  for (const args of commands) results.push(await inkling(at, ...args));
  expect(results.map(({ status }) => status)).toEqual([0, 0, 0]);
  // Every rule of a template speaks of items of its catalog.
  expect(results[0]?.stderr).toBe('');
  expect(results[1]?.stderr).not.toMatch(/no item has/);
  expect(results[2]?.stdout).toMatch(new RegExp(`^${site} version 1, `));
  const pack: Pack = JSON.parse(readFileSync(join(at, 'public/inkling/pack.json'), 'utf8'));
  expect(pack.fingerprint).toBe(
    fingerprint(JSON.parse(readFileSync(join(at, 'model/features.json'), 'utf8'))),
  );
  expect(pack.modelCard.data).toMatch(/ Rules: .*prefer authored-order \(weak\)/);
  const texts = readFileSync(CONSENT, 'utf8');
  for (const name of Object.keys(JSON.parse(readFileSync(join(at, 'consent.json'), 'utf8')))) {
    expect(texts).toContain(`readonly ${name}: string`);
  }
}

test('the packed shop in the rain: rain gear rises, in the words of the rule', async () => {
  const at = join(folder, 'shop/public/inkling');
  const pack: Pack = JSON.parse(readFileSync(join(at, 'pack.json'), 'utf8'));
  const asset = (role: string) =>
    Buffer.from(pack.assets.find((each) => each.role === role)?.inline ?? '', 'base64');
  const session = await createLeanSession(asset('model'));
  const catalog = readCatalog(asset('catalog')).filter(({ group }) => group === 'product');
  const slot = pack.slots.find(({ id }) => id === 'grid');
  if (!slot) throw new Error('The template has no grid.');
  const encoder = createFullEncoder(pack.spec);
  const decideIn = (condition: 'rain' | 'clear') =>
    decide({
      slot: { ...slot, policy: { type: 'greedy' } },
      candidates: catalog.map((item) => ({ item, source: 'authored' })),
      authored: catalog.map(({ id }) => id),
      context: createContext({ weather: { condition } }),
      profile: undefined,
      encoder,
      scorer: (data, rows) =>
        session.runSync({ features: new Tensor('float32', data, [rows, encoder.width]) }).score
          ?.data as Float32Array,
      slateKinds: slateKindsFor(pack.slots),
      arm: 'personalized',
      shown: new Set(),
      seed: 'init',
      now: Date.UTC(2026, 3, 1),
    });
  const isForRain = (item?: Item) => item?.tags?.includes('rain-gear');
  const items = new Map(catalog.map((item) => [item.id, item]));
  const rainy = decideIn('rain');
  const places = rainy.slate.items.map(({ id }) => isForRain(items.get(id)));
  // Diversity may put something else among the three.
  expect(places.slice(0, 4).filter(Boolean)).toHaveLength(3);
  const first = rainy.slate.items[0]?.id ?? '';
  expect(explain(rainy, first).reasons[0]?.sentence).toBe('It is raining where you are.');
  expect(explain(decideIn('clear'), first).reasons.map(({ sentence }) => sentence)).not.toContain(
    'It is raining where you are.',
  );
});

test('init never writes over a file that is there, and says which are', async () => {
  const at = join(folder, 'mine');
  mkdirSync(at);
  writeFileSync(join(at, 'rules.json'), 'mine');
  const { status, stderr } = await inkling(folder, 'init', 'news', 'mine');
  expect(stderr).toMatch(/mine: expected a folder without files of these names, found rules\.json/);
  expect(status).toBe(2);
  expect(readdirSync(at)).toEqual(['rules.json']);
  expect(readFileSync(join(at, 'rules.json'), 'utf8')).toBe('mine');
  expect((await inkling(folder, 'init', 'museum')).status).toBe(2);
  expect(existsSync(join(folder, 'inkling'))).toBe(false);
});

test('init leaves nothing where a file cannot be written whole', async () => {
  // Files of one block only: the catalog is longer.
  const limited = [
    '-c',
    'ulimit -f 1; exec "$@"',
    'sh',
    process.execPath,
    '--conditions=@inkling/source',
    BIN,
  ];
  const { status, stderr } = await run(folder, 'sh', ...limited, 'init', 'shop', 'full');
  expect(stderr).toMatch(/EFBIG/);
  expect(status).toBe(1);
  expect(readdirSync(join(folder, 'full'))).toEqual([]);
});

test('train --from-rules: a rule retired is kept in the file and dropped from the model; a word no item has is noted', async () => {
  const at = join(folder, 'shop');
  const lines = readFileSync(join(at, 'rules.json'), 'utf8').split('\n');
  const rain = lines.findIndex((line) => line.includes('rain-gear'));
  lines[rain] = (lines[rain] as string)
    .replace(' }', ' }, "retired": "2026-11-20"')
    .replace('tag:rain-gear', 'tag:rain');
  const changed = lines.map((line) => line.replace('tag:coffee', 'tag:cofee')).join('\n');
  writeFileSync(join(at, 'changed.json'), changed);
  const args = ['train', '--from-rules', 'changed.json', '--catalog', 'catalog.json', '--out', 'changed'];
  const { status, stdout, stderr } = await inkling(at, ...args);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^12 rules, 23 columns: ranker\.onnx, features\.json, rules\.json\n$/);
  expect(stderr).toMatch(
    /^note no item is meant by the rule: prefer tag:cofee when time\.hour is 6-10 \(medium\)\n$/,
  );
  const kept = JSON.parse(readFileSync(join(at, 'changed/rules.json'), 'utf8'));
  expect(kept).toHaveLength(13);
  expect(kept.at(-1)).toMatchObject({ prefer: 'tag:rain', retired: '2026-11-20' });
  writeFileSync(join(at, 'changed.json'), changed.replace('"rain"', '"rian"').replace('"strong"', '"huge"'));
  const refused = await inkling(at, ...args.with(-1, 'refused'));
  expect(refused.stderr).toMatch(/^error changed\.json: \[0\]\.strength: expected .*, found "huge"\n$/);
  expect(refused.status).toBe(2);
  expect(existsSync(join(at, 'refused'))).toBe(false);
});

test('train --rules says of each rule what a log says', async () => {
  const at = join(folder, 'shop');
  const random = prng('init', 'log');
  const names = ['rain-shell', 'beanie', 'sandals', 'candle'];
  const rows = Array.from({ length: 300 }, (_, list) => {
    const condition = random() % 2 ? 'rain' : 'clear';
    const chosen = condition === 'rain' && random() % 4 > 0 ? 0 : random() % 4;
    const start = random() % 4;
    return names.map((_, place) => {
      const item = (start + place) % 4;
      return {
        list,
        visitor: `v${list % 60}`,
        item: names[item],
        chosen: Number(item === chosen),
        at: list,
        condition,
      };
    });
  });
  writeFileSync(
    join(at, 'log.ndjson'),
    rows
      .flat()
      .map((row) => JSON.stringify(row))
      .join('\n'),
  );
  const mapping = {
    format: 1,
    list: 'list',
    visitor: 'visitor',
    item: 'item',
    label: 'chosen',
    time: { column: 'at', unit: 's' },
    context: { 'weather.condition': 'condition' },
    features: {},
  };
  writeFileSync(join(at, 'mapping.json'), JSON.stringify(mapping));
  await expect(
    runTrainFromRules({ fromRules: join(at, 'rules.json'), impressions: 'log.ndjson', out: join(at, 'no') }),
  ).rejects.toThrow(/log\.ndjson: expected no log beside --from-rules/);
  const log = [
    '--impressions',
    'log.ndjson',
    '--mapping',
    'mapping.json',
    '--spec',
    'features.json',
    '--catalog',
    'catalog.json',
  ];
  const { status, stdout } = await inkling(
    at,
    'train',
    ...log,
    '--out',
    'learnt',
    '--epochs',
    '1',
    '--rules',
    'rules.json',
  );
  expect(status).toBe(0);
  expect(stdout).toMatch(
    / 2\.00 {2}\d\.\d\d \[\d\.\d\d, .*\] +\d\d\d {2}prefer tag:rain-gear when weather\.condition is rain or storm \(strong\): holds/,
  );
  expect(stdout).toMatch(
    / 1\.00 {2}– +0 {2}prefer tag:coffee when time\.hour is 6-10 \(medium\): no list tells/,
  );
}, 60_000);
