import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prng } from '@inkling/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { estimateValue } from './estimators.ts';
import type { Round } from './round.ts';
import { createRoundSpill } from './round-spill.ts';
import { tableOf } from './round-table.ts';
import { supportOf } from './support.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkling-rounds-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function roundsOf(count: number, width: number): readonly Round[] {
  const random = prng('rounds', `${width}`);
  const uniform = () => (random() + 1) / 2 ** 32;
  return Array.from({ length: count }, (_, i) => ({
    visitor: `v${(i * 7919) % 301}`,
    reward: Number(uniform() < 0.3),
    logged: uniform(),
    target: uniform(),
    features: Float64Array.from({ length: width }, (__, j) => ((i + j) % 3 ? uniform() : 0)),
    expected: Float64Array.from({ length: width }, uniform),
    unsupported: uniform() / 100,
    unexplored: uniform() / 100,
  }));
}

/** Visitor by visitor, as a log is read, of rounds of which three have one time each. */
function spilled(rounds: readonly Round[]) {
  const spill = createRoundSpill(folder);
  const byVisitor = [...rounds.entries()].sort(([, a], [, b]) => (a.visitor < b.visitor ? -1 : 1));
  for (const [row, round] of byVisitor) spill.add(round, { at: Math.floor(row / 3), row });
  return spill.finish();
}

// More than a block of a megabyte, and rows that do not fill the last one; no features at all; one round.
test.each([
  [4001, 40],
  [50, 0],
  [1, 3],
])('%i rounds of %i features come back from disk in the order of the log, to the bit', (count, width) => {
  const rounds = roundsOf(count, width);
  const table = spilled(rounds);
  expect(table.width).toBe(width);
  for (const _ of [1, 2]) {
    let seen = 0;
    table.eachRow(({ features, expected }, round) => {
      expect(round).toBe(seen++);
      expect({ features: [...features], expected: [...expected] }).toEqual({
        features: [...(rounds[round] as Round).features],
        expected: [...(rounds[round] as Round).expected],
      });
    });
    expect(seen).toBe(count);
  }
  expect(supportOf(table)).toEqual(supportOf(rounds));
  expect(estimateValue(table)).toEqual(estimateValue(rounds));
  expect(table.clusters).toEqual(tableOf(rounds).clusters);
});

test('what was written in another order is gone once it is sorted; without rounds there is no file', () => {
  expect(createRoundSpill(folder).finish().rewards).toHaveLength(0);
  expect(existsSync(join(folder, 'rounds-by-time'))).toBe(false);
  spilled(roundsOf(30, 4));
  expect(existsSync(join(folder, 'rounds'))).toBe(false);
});
