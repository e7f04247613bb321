import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';

const BIN = join(import.meta.dirname, '../../packages/cli/src/bin.ts');
const NODE = ['--conditions=@inkling/source', BIN];
const HEADER = 'list,who,item,chosen,at,price';
const MAPPING = {
  format: 1,
  list: 'list',
  visitor: 'who',
  item: 'item',
  label: 'chosen',
  time: { column: 'at', unit: 's' },
  context: {},
  features: { price: 'price' },
};
const words = { group: 'g', sentence: 'Because.' };
const SPEC = {
  format: 2,
  groups: [{ id: 'g', sentence: 'Because.' }],
  features: [{ kind: 'number', source: 'item:price', ...words }],
  phrases: {},
};

let folder: string;
let temp: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkling-broken-'));
  temp = join(folder, 'temp');
  mkdirSync(temp);
  write('mapping.json', JSON.stringify(MAPPING));
  write('spec.json', JSON.stringify(SPEC));
});
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);
const rows = (count: number, chosen = (row: number) => Number(row % 3 === 0)) =>
  Array.from(
    { length: count },
    (_, row) => `l${(row / 3) | 0},v${row % 50},i${row % 97},${chosen(row)},${row},${row}`,
  );
const csv = (...lines: readonly string[]) => [HEADER, ...lines].join('\n');
/** Lists of one visitor each. */
const log = (count: number, chosen?: (row: number) => number) =>
  csv(...rows(count, chosen).map((row, index) => row.replace(/,v\d+,/, `,v${((index / 3) % 50) | 0},`)));

interface Run {
  readonly status: number | null;
  readonly stderr: string;
}

function start(name: string, out: string): ChildProcess {
  const args = [
    'features',
    '--impressions',
    name,
    '--mapping',
    'mapping.json',
    '--spec',
    'spec.json',
    '--out',
    out,
  ];
  const env = { ...process.env, TMPDIR: temp, NO_COLOR: '1', FORCE_COLOR: undefined };
  return spawn(process.execPath, [...NODE, ...args], { cwd: folder, env });
}

async function run(name: string, out = 'out/features.parquet'): Promise<Run> {
  const child = start(name, out);
  let stderr = '';
  child.stderr?.on('data', (part) => {
    stderr += part;
  });
  const status = await new Promise<number | null>((done) => child.on('close', done));
  return { status, stderr };
}

/** One line says it, and nothing is left. */
function expectRefused({ status, stderr }: Run, code: number, message: RegExp): void {
  expect(stderr).toMatch(message);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(status).toBe(code);
  expect(existsSync(join(folder, 'out'))).toBe(false);
  expect(readdirSync(temp)).toEqual([]);
}

const whole = gzipSync(log(3000));
const CASES: readonly (readonly [string, string, string | Uint8Array, RegExp])[] = [
  [
    'a wrong column',
    'column.csv',
    'list,who\nl,v',
    /column\.csv: line 1: expected a column item, found the columns list, who/,
  ],
  [
    'mixed types',
    'mixed.csv',
    csv(...rows(9), 'l9,v,i,0,1,cheap'),
    /mixed\.csv: line 11, column price: expected a number, found "cheap"/,
  ],
  ['an empty file', 'empty.csv', '', /empty\.csv: expected a header line, found an empty file/],
  [
    'no choice',
    'none.csv',
    log(300, () => 0),
    /none\.csv: expected items that were chosen, found none of 300 shown/,
  ],
  [
    'nothing but choices',
    'all.csv',
    log(300, () => 1),
    /all\.csv: expected items that were not chosen, found all 300 chosen/,
  ],
  ['NaN', 'nan.csv', csv('l1,v,i,1,NaN,3'), /nan\.csv: line 2, column at: expected a number, found "NaN"/],
  [
    'half a gzip file',
    'half.csv.gz',
    whole.subarray(0, whole.length / 2),
    /half\.csv\.gz: expected a whole gzip file, found unexpected end of file/,
  ],
  ['no Parquet', 'text.parquet', log(300), /text\.parquet: expected a Parquet file, found No magic bytes/],
];

test('what cannot be learnt from is one clear line and exit code 2', async () => {
  // Two at a time, like the processors of a small machine.
  const left = [...CASES];
  const results = new Map<string, Run>();
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      write(next[1], next[2]);
      results.set(next[0], await run(next[1]));
    }
  };
  await Promise.all([work(), work()]);
  for (const [name, , , message] of CASES) expectRefused(results.get(name) as Run, 2, message);
}, 60_000);

/** 1 GB in the deep run. */
const LONG = process.env.INKLING_DEEP ? 1_000_000_000 : 64_000_000;

test(`a line of ${LONG} bytes is refused`, async () => {
  const part = 'x'.repeat(16_000_000);
  for (const [name, before, after] of [
    ['long.csv', `${log(3)}\nl9,v,`, ',1,1,1'],
    // DuckDB alone reads this one as if the row were not there.
    ['last.csv', `${log(3)}\nl9,v,"a\n`, '",1,1,1\n'],
    ['long.ndjson', '{"list": 1}\n{"item": "', '"}'],
  ] as const) {
    const file = openSync(join(folder, name), 'w');
    writeSync(file, before);
    for (let bytes = 0; bytes < LONG; bytes += part.length) writeSync(file, part);
    writeSync(file, after);
    closeSync(file);
    expectRefused(await run(name), 2, /line \d: expected rows of at most 2097152 bytes, found a longer one/);
    rmSync(join(folder, name));
  }
});

test('a folder that cannot be written is the machine’s fault: exit code 1', async () => {
  write('good.csv', log(300));
  expectRefused(await run('good.csv', 'good.csv/features.parquet'), 1, /error (ENOTDIR|EEXIST)/);
});

test('a full disk: one clear line, exit code 1, nothing left', async () => {
  write('good.csv', log(30_000));
  const limited = spawnSync(
    'bash',
    // Files of at most 100 KB; bash counts in 1,024 bytes.
    [
      '-c',
      'ulimit -f 100; exec "$@"',
      'bash',
      process.execPath,
      ...NODE,
      'features',
      '--impressions',
      'good.csv',
      '--mapping',
      'mapping.json',
      '--spec',
      'spec.json',
      '--out',
      'out/features.parquet',
    ],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, TMPDIR: temp, NO_COLOR: '1', FORCE_COLOR: undefined },
    },
  );
  expectRefused(limited, 1, /error .*(File too large|No space left)/);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('stopped by %s: nothing is left', async (signal, code) => {
  write('good.csv', log(30_000));
  const child = start('good.csv', 'out/features.parquet');
  const ended = new Promise((done) => child.on('close', done));
  while (child.exitCode === null && readdirSync(temp).length === 0) {
    await new Promise((done) => setTimeout(done, 5));
  }
  child.kill(signal);
  expect(await ended).toBe(code);
  expect(readdirSync(temp)).toEqual([]);
  expect(existsSync(join(folder, 'out'))).toBe(false);
});

test('killed at any moment: no file or a whole one, and the next start tidies up', async () => {
  write('good.csv', log(30_000));
  let killed = 0;
  for (const wait of [1, 2]) {
    const child = start('good.csv', 'killed/features.parquet');
    const ended = new Promise((done) => child.on('close', done));
    // Once its temporary folder is there it reads, sorts, encodes or writes.
    while (child.exitCode === null && readdirSync(temp).length === 0)
      await new Promise((done) => setTimeout(done, 5));
    await new Promise((done) => setTimeout(done, Math.random() * 400 * wait));
    child.kill('SIGKILL');
    await ended;
    if (child.signalCode === 'SIGKILL') killed++;
    const written = existsSync(join(folder, 'killed')) ? readdirSync(join(folder, 'killed')) : [];
    expect(written.filter((name) => !name.endsWith('.tmp') && name !== 'features.parquet')).toEqual([]);
  }
  expect(killed).toBeGreaterThan(0);
  const { status, stderr } = await run('good.csv', 'killed/features.parquet');
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(readdirSync(join(folder, 'killed'))).toEqual(['features.parquet']);
  expect(readdirSync(temp)).toEqual([]);
}, 60_000);
