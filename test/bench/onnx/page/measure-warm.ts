import { createFeeds } from '../../../onnx/exporters/create-feeds.ts';
import { fetchBytes, fetchFeeds } from './fetch-model.ts';
import { loadSide, type SideName, scores } from './side.ts';

export interface WarmTask {
  readonly task: 'warm';
  readonly model: string;
  readonly entry: SideName;
}

export interface WarmResult {
  /** Milliseconds of one run, round by round, for each way to run. */
  readonly times: Readonly<Record<string, readonly number[]>>;
  /** Why onnxruntime-web is not among them, where it fails. */
  readonly absent?: string;
}

const ROUNDS = 24;
const RUNS_AT_LEAST = 10;
const BATCH_MS = 4;
const TOLERANCE = 1e-4;

interface Way {
  readonly name: string;
  readonly batch: (runs: number) => Promise<void>;
}

/** Both sides in one page: first their scores are compared, then they take turns in batches. */
export async function measureWarm({ model, entry }: WarmTask): Promise<WarmResult> {
  const feeds = createFeeds(await fetchFeeds(model));
  const bytes = await fetchBytes(`/models/${model}.onnx`);
  const ways: Way[] = [];
  let expected: readonly number[] | undefined;
  const add = async (side: SideName, options: object | undefined, label: string) => {
    const library = await loadSide(side);
    const session = await library.create(bytes.slice(), options);
    const own = library.feeds(feeds);
    const found = await scores(session, own);
    expected ??= found;
    compare(label, found, expected);
    const name = session.backend ? `${label} ${session.backend}` : label;
    if (ways.some((way) => way.name.startsWith(name))) return session.release();
    // The twin once is enough.
    const runSync = options ? undefined : session.runSync;
    ways.push({
      name: `${name} run`,
      batch: async (runs) => {
        for (let i = 0; i < runs; i++) await session.run(own);
      },
    });
    if (runSync) {
      ways.push({
        name: `${name} runSync`,
        batch: async (runs) => {
          for (let i = 0; i < runs; i++) runSync(own);
        },
      });
    }
  };
  let absent: string | undefined;
  await add('ort', undefined, 'onnxruntime-web').catch((error: unknown) => {
    absent = String(error);
  });
  await add(entry, undefined, 'inkling');
  await add(entry, { backend: 'js' }, 'inkling');
  return { times: await takeTurns(ways), ...(absent !== undefined && { absent }) };
}

async function takeTurns(ways: readonly Way[]): Promise<WarmResult['times']> {
  const runs = new Map<Way, number>();
  for (const way of ways) {
    const once = await time(way, RUNS_AT_LEAST);
    runs.set(way, Math.max(RUNS_AT_LEAST, Math.ceil(BATCH_MS / once)));
    // What the first runs took is not what later ones take.
    const warm = await time(way, Math.min(runs.get(way) ?? 0, 2000));
    runs.set(way, Math.max(RUNS_AT_LEAST, Math.ceil(BATCH_MS / warm)));
  }
  const result = new Map(ways.map((way) => [way, [] as number[]]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const way of round % 2 ? ways.toReversed() : ways) {
      result.get(way)?.push(await time(way, runs.get(way) ?? RUNS_AT_LEAST));
    }
  }
  return Object.fromEntries(ways.map((way) => [way.name, result.get(way) ?? []]));
}

async function time({ batch }: Way, runs: number): Promise<number> {
  const start = performance.now();
  await batch(runs);
  return (performance.now() - start) / runs;
}

/** Throws where two lists of scores differ by more than a rounding. */
export function compare(label: string, found: readonly number[], expected: readonly number[]): void {
  const far = expected.findIndex(
    (value, i) => !(Math.abs(value - Number(found[i])) <= TOLERANCE * Math.max(1, Math.abs(value))),
  );
  if (found.length !== expected.length || far >= 0) {
    throw new Error(
      `${label} scores ${found[far]} at ${far} of ${found.length}, expected ${expected[far]} of ${expected.length}`,
    );
  }
}
