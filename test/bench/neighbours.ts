import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  brotliBytes,
  fitNeighbours,
  measureNext,
  rankNextOf,
  type Sessions,
  splitSessions,
} from '@inkling/cli';
import { encodeNeighbours } from '@inkling/core';
import type { RankNext } from '@inkling/core/candidates';
import type { Bench, BenchRow } from './bench.ts';
import { createMatcher, readGoldenLists } from './neighbours/golden-lists.ts';
import { type RawSession, readSessionFile } from './neighbours/read-session-file.ts';
import { associationRules, itemKnn, type Rules, rankByRules, sequentialRules } from './neighbours/rules.ts';

const FOLDER = process.env.INKLING_DATA ?? join(import.meta.dirname, '../../../shared/data');
const FILES = ['diginetica/train_sessions.txt.gz', 'yoochoose/train_full.tsv.gz'].map((file) =>
  join(FOLDER, file),
);
const TEST_SHARE = 0.1;
const KILOBYTES = [300, 200, 100, 50];

/** Predicts the next click of real sessions from a neighbours file, by the size of the file, beside the rules and item-kNN,
 * which keep everything. The last tenth of the sessions is the test, and every click in it is predicted from those before.
 * `--train FILE --test FILE` replace the split (`--train` alone is split), files in the format of
 * diginetica/train_sessions.txt.gz or yoochoose/train_full.tsv.gz; `--validate` tests on the last tenth of the training
 * part instead, for choosing. */
export const bench: Bench = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: { train: { type: 'string' }, test: { type: 'string' }, validate: { type: 'boolean' } },
  });
  const files = values.train ? [values.train] : FILES;
  return files.flatMap((file) => {
    let [train, test] = load(file, values.test);
    if (values.validate) [train, test] = splitSessions(train, TEST_SHARE);
    const name = basename(dirname(file));
    const rows = [...neighbours(train, test), ...rules(train, test)];
    return [...rows, ...golden(file)].map((row) => ({ ...row, case: `${name}/${row.case}` }));
  });
};

function neighbours(train: Sessions, test: Sessions): readonly BenchRow[] {
  const { ids } = train;
  const budgets = KILOBYTES.map((kilobytes) => kilobytes * 1000);
  return fitNeighbours(train, 'viewed', budgets).flatMap((file, at) => {
    const unordered = encodeNeighbours({ catalog: ids.map((id) => ({ id })), edges: { viewed: file.edges } });
    const name = at === 0 ? 'neighbours' : `neighbours-${KILOBYTES[at]}`;
    const row = (metric: string, value: number, unit: string) => ({ case: name, metric, value, unit });
    return [
      ...accuracy(name, rankNextOf(file, ids), test),
      row('bytes', file.bytes, 'B'),
      row('bytes, catalog as it was', brotliBytes(unordered), 'B'),
      row('edges', file.edges.length, 'edges'),
    ];
  });
}

function rules(train: Sessions, test: Sessions): readonly BenchRow[] {
  const sessions = train.sessions.map(({ items }) => items);
  const cases: Readonly<Record<string, Rules>> = {
    'item-knn': itemKnn(sessions),
    'association-rules': associationRules(sessions),
    'sequential-rules': sequentialRules(sessions),
  };
  return Object.entries(cases).flatMap(([name, made]) => accuracy(name, rankByRules(made), test));
}

function accuracy(name: string, rank: RankNext, test: Sessions): readonly BenchRow[] {
  const started = performance.now();
  const { clicks, hr, mrr, noRepeat } = measureNext(rank, test);
  const micros = ((performance.now() - started) * 1000) / clicks;
  return [
    { case: name, metric: 'hr20', value: hr, unit: `of ${clicks} clicks` },
    { case: name, metric: 'mrr20', value: mrr, unit: 'MRR' },
    { case: name, metric: 'hr20.norepeat', value: noRepeat.hr, unit: `of ${noRepeat.clicks} clicks` },
    { case: name, metric: 'mrr20.norepeat', value: noRepeat.mrr, unit: 'MRR' },
    { case: name, metric: 'time of a prediction', value: micros, unit: 'µs' },
  ];
}

/** How many of the lists that lie beside the file, made by session-rec from the whole of it, are reproduced: `exact` the
 * twenty kept rules, `exact but for the last` whichever were kept of those with the twentieth's score. */
function golden(file: string): readonly BenchRow[] {
  const sources = [
    ['ar', associationRules],
    ['sr', sequentialRules],
  ] as const;
  if (!sources.every(([kind]) => existsSync(goldenFile(file, kind)))) return [];
  // Of equal scores session-rec keeps what it counted first, and it counts in the order of the sessions' ids.
  const raw = readSessionFile(file).toSorted((a, b) => a.id - b.id);
  const { ids, sessions } = toSessions([raw])[0] as Sessions;
  const clicks = sessions.map(({ items }) => items);
  return sources.flatMap(([kind, count]) => {
    const made = count(clicks);
    const lists = readGoldenLists(goldenFile(file, kind));
    return [false, true].flatMap((cutTies) => {
      const match = createMatcher(made, ids, cutTies);
      const failed = lists.filter((list) => match(list).size === 0).map(({ session }) => session);
      const visits = new Set(lists.map(({ session }) => session)).size;
      const name = cutTies ? 'exact but for the last' : 'exact';
      const row = { case: `golden-${kind}`, metric: name };
      return [
        { ...row, value: lists.length - failed.length, unit: `of ${lists.length} lists` },
        { ...row, value: visits - new Set(failed).size, unit: `of ${visits} sessions` },
      ];
    });
  });
}

function goldenFile(file: string, kind: 'ar' | 'sr'): string {
  return join(dirname(file), `recs_${kind}.csv.gz`);
}

function load(train: string, test: string | undefined): readonly [Sessions, Sessions] {
  if (!test)
    return splitSessions(toSessions([readSessionFile(train)])[0] as Sessions, TEST_SHARE) as [
      Sessions,
      Sessions,
    ];
  const [before, after] = toSessions([readSessionFile(train), readSessionFile(test)]);
  return [before as Sessions, after as Sessions];
}

/** Items by their places in one list of ids. */
function toSessions(parts: readonly (readonly RawSession[])[]): readonly Sessions[] {
  const places = new Map<string, number>();
  const place = (id: string) => {
    const known = places.get(id) ?? places.size;
    places.set(id, known);
    return known;
  };
  const sessions = parts.map((part) => part.map(({ items, at }) => ({ items: items.map(place), at })));
  const ids = [...places.keys()];
  return sessions.map((part) => ({ ids, sessions: part }));
}
