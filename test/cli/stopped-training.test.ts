import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prng } from '@inkling/core';
import { afterAll, beforeAll, expect, test } from 'vitest';

const BIN = join(import.meta.dirname, '../../packages/cli/src/bin.ts');
const words = { group: 'g', sentence: 'Because.' };
const SPEC = {
  format: 2,
  groups: [{ id: 'g', sentence: 'Because.' }],
  features: [
    { kind: 'number', source: 'item:price', transforms: [{ type: 'share' }], ...words },
    { kind: 'embedding', source: 'item:id', vocabulary: ['a', 'b', 'c'], input: 'id', ...words },
  ],
  phrases: {},
};
const MAPPING = {
  format: 1,
  list: 'list',
  visitor: 'visitor',
  item: 'item',
  label: 'chosen',
  time: { column: 'at', unit: 'ms' },
  context: {},
  features: { price: 'price' },
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkling-stop-'));
  writeFileSync(join(folder, 'spec.json'), JSON.stringify(SPEC));
  const plain = { ...SPEC, features: SPEC.features.filter(({ kind }) => kind !== 'embedding') };
  writeFileSync(join(folder, 'plain.json'), JSON.stringify(plain));
  writeFileSync(join(folder, 'mapping.json'), JSON.stringify(MAPPING));
  const random = prng('stop', 'log');
  const rows = Array.from({ length: 300 }, (_, list) => {
    const chosen = random() % 6;
    return Array.from({ length: 6 }, (__, i) => {
      const price = i === chosen ? 1 + (random() % 40) : 20 + (random() % 80);
      return `${list},v${list % 90},${'abcdef'[random() % 6]},${Number(i === chosen)},${list},${price}`;
    }).join('\n');
  });
  writeFileSync(join(folder, 'log.csv'), `list,visitor,item,chosen,at,price\n${rows.join('\n')}\n`);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** @param stopAt text of a line at which Ctrl-C is pressed */
async function train(out: string, more: readonly string[] = [], stopAt?: RegExp) {
  const files = [
    '--impressions',
    'log.csv',
    '--mapping',
    'mapping.json',
    '--spec',
    'spec.json',
    '--out',
    out,
  ];
  const options = [
    '--model',
    'deepfm',
    '--epochs',
    '6',
    '--patience',
    '6',
    ...(more.includes('trees') ? [] : ['--batch', '4']),
    '--learning-rate',
    '0.0005',
  ];
  const child = spawn(
    process.execPath,
    ['--conditions=@inkling/source', BIN, 'train', ...files, ...options, ...more],
    { cwd: folder, env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined } },
  );
  let stderr = '';
  let isStopped = false;
  child.stderr.on('data', (text: Buffer) => {
    stderr += text;
    if (stopAt && !isStopped && stopAt.test(stderr)) isStopped = child.kill('SIGINT');
  });
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { status, stderr };
}

const REGULARIZED = ['--dropout', '0.2', '--embedding-l2', '0.001'];

const bytes = (out: string) => readFileSync(join(folder, out, 'ranker.onnx'));

test('Ctrl-C keeps the best so far and says so; resumed, the same bytes as of an unbroken run', async () => {
  const whole = await train('whole', REGULARIZED);
  expect(whole.stderr.trim().split('\n')).toHaveLength(6);
  expect(whole.status).toBe(0);
  expect(existsSync(join(folder, 'whole/checkpoint.bin'))).toBe(false);

  const stopped = await train('stopped', REGULARIZED, /epoch {3}3 /);
  expect(stopped.stderr).toMatch(/\nstopped: kept the best so far, epoch \d; --resume goes on\n$/);
  expect(stopped.stderr).not.toMatch(/epoch {3}6 /);
  expect(stopped.status).toBe(130);
  expect(readdirSync(join(folder, 'stopped')).sort()).toEqual([
    'checkpoint.bin',
    'metrics.json',
    'popularity.json',
    'ranker.onnx',
  ]);
  expect(bytes('stopped').equals(bytes('whole'))).toBe(false);

  for (const options of [
    [...REGULARIZED, '--seed', 'another'],
    ['--dropout', '0.2'],
    ['--embedding-l2', '0.001'],
  ]) {
    const other = await train('stopped', ['--resume', ...options]);
    expect(other.stderr).toMatch(
      /checkpoint\.bin: expected the checkpoint of this log, spec and these options, found/,
    );
    expect(other.status).toBe(2);
  }

  const resumed = await train('stopped', ['--resume', ...REGULARIZED]);
  expect(resumed.stderr).toMatch(/^epoch {3}[4-6] /);
  expect(resumed.status).toBe(0);
  expect(bytes('stopped').equals(bytes('whole'))).toBe(true);
  for (const name of ['metrics.json', 'popularity.json'])
    expect(readFileSync(join(folder, 'stopped', name), 'utf8')).toBe(
      readFileSync(join(folder, 'whole', name), 'utf8'),
    );
  expect(existsSync(join(folder, 'stopped/checkpoint.bin'))).toBe(false);
}, 60_000);

test('options that are none, or do not go together, are refused', async () => {
  const { stderr, status } = await train('refused', ['--output', 'probability']);
  expect(stderr).toMatch(
    /--output: expected utility, which is what a listwise loss gives, found probability/,
  );
  expect(status).toBe(2);
  expect((await train('refused', ['--model', 'oracle'])).stderr).toMatch(
    /Allowed choices are linear, fm, mlp, deepfm, trees/,
  );
  expect((await train('refused', ['--hidden', '32,few'])).stderr).toMatch(/expected a whole number above 0/);
  expect((await train('refused', ['--learning-rate', 'fast'])).stderr).toMatch(/expected a number from 0/);
  expect(existsSync(join(folder, 'refused'))).toBe(false);
}, 30_000);

const PLAIN = ['--spec', 'plain.json', '--learning-rate', '0.1'];
// Commander keeps the last of an option that is given twice.
const TREES = [...PLAIN, '--model', 'trees', '--epochs', '60', '--patience', '60', '--leaves', '4'];
const MEMBERS = [...PLAIN, '--model', 'mlp', '--epochs', '2', '--members', '3'];

test('trees and members are stopped and resumed as a network is, and say what they are', async () => {
  for (const [name, options, lines, stopAt] of [
    ['trees', TREES, 6, /epoch {2}20 /],
    ['members', MEMBERS, 6, /epoch {3}3 /],
  ] as const) {
    const whole = await train(name, options);
    expect(whole.stderr.trim().split('\n')).toHaveLength(lines);
    expect(whole.status).toBe(0);
    const stopped = await train(`${name}-stopped`, options, stopAt);
    expect(stopped.status).toBe(130);
    const { chosen, training } = JSON.parse(
      readFileSync(join(folder, `${name}-stopped/metrics.json`), 'utf8'),
    );
    expect([chosen.model, training.model]).toEqual(Array(2).fill(name === 'trees' ? 'trees' : 'mlp'));
    expect((await train(`${name}-stopped`, [...options, '--resume'])).status).toBe(0);
    expect(bytes(`${name}-stopped`).equals(bytes(name))).toBe(true);
    expect(readdirSync(join(folder, `${name}-stopped`)).sort()).toEqual([
      'metrics.json',
      'popularity.json',
      'ranker.onnx',
    ]);
  }
}, 60_000);
