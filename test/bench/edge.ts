import { execFile } from 'node:child_process';
import { Agent } from 'node:http';
import { promisify } from 'node:util';
import { buildEdgePack, edgePage } from '../workerd/edge-pack.ts';
import { slotsOf } from '../workerd/slots-of.ts';
import { startEdge } from '../workerd/start-edge.ts';
import type { Bench, BenchRow } from './bench.ts';
import { fetchText, PHONE } from './edge/fetch-text.ts';
import { processorMs, workerdHere } from './edge/processor-time.ts';

/** Where the worker has each side. Each group has a workerd of its own, because what one side leaves for the collector of
 * garbage falls on the next; in it each edge is compared with what is none. */
const GROUPS: readonly Readonly<Record<string, string>>[] = [
  { raw: 'raw', rewriter: 'rewriter', edge: 'edge' },
  { 'rewriter beside': 'rewriter', 'edge, its own moment': 'moments', 'edge, shared page': 'shared' },
  { 'rewriter, in pieces': 'rewriter?pieces', 'edge, in pieces': 'edge?pieces' },
];
const PAGE_BYTES = 61_440;
const CONNECTIONS = 8;
const WARM_UP_SECONDS = 3;
const MS: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000 };
const run = promisify(execFile);

interface Round {
  readonly p50: number;
  readonly p99: number;
  /** Requests per second. */
  readonly throughput: number;
  /** Processor time of workerd for a request. */
  readonly processor: number;
}

/** Loads an address for some seconds. */
type Client = (
  url: string,
  seconds: number,
) => Promise<Omit<Round, 'processor'> & { readonly requests: number }>;

/**
 * Load on the same 60 KB page in workerd, over loopback HTTP: as it is, through an HTMLRewriter with one handler that does
 * nothing, and with its context written and three slots decided: as they were for another visitor of the same moment a
 * while before, in a moment of which none was before, and as a page that is kept for many; then the same with an origin
 * whose bytes come piece by piece. Linux only: what workerd uses is read from /proc.
 * @param args `--rounds N` (15), `--seconds N` of each side in each round (1), `--client node` where there is no wrk
 */
export const bench: Bench = async (args) => {
  const option = (name: string, preset: number) =>
    args.includes(name) ? Number(args[args.indexOf(name) + 1]) : preset;
  const rounds = option('--rounds', 15);
  const seconds = option('--seconds', 1);
  const client = args.includes('--client') ? loadByNode : loadByWrk;
  const rows: BenchRow[] = [];
  for (const sides of GROUPS) rows.push(...rowsOf(await measure(sides, rounds, seconds, client)));
  return rows;
};

async function measure(
  sides: Readonly<Record<string, string>>,
  rounds: number,
  seconds: number,
  client: Client,
): Promise<ReadonlyMap<string, readonly Round[]>> {
  const files = await buildEdgePack({ shared: { signals: ['device.form'] } });
  const text = `<p>Some text of a page, with <a href="/a?b=c">a link</a> and <b class="x">more</b>.</p>\n`;
  const filler = text.repeat(Math.ceil((PAGE_BYTES - edgePage.length) / text.length));
  const page = edgePage.replace('</body>', `${filler}</body>`);
  const edge = await startEdge({
    worker: new URL('./edge/worker.ts', import.meta.url),
    cf: { country: 'DE', timezone: 'Europe/Berlin', latitude: '52.5', longitude: '13.4' },
    origin: ({ url }) => {
      const file = files.get(new URL(url).pathname.slice('/inkling/'.length));
      return file ? { body: file, headers: {} } : { body: page };
    },
  });
  try {
    const workerd = workerdHere();
    const load = async (path: string, length: number): Promise<Round> => {
      const before = processorMs(workerd);
      const { requests, ...round } = await client(`${edge.url}/${path}`, length);
      return { ...round, processor: (processorMs(workerd) - before) / requests };
    };
    const measured = Object.entries(sides).map(([side, path]) => ({ side, path, rounds: [] as Round[] }));
    for (const { side, path } of measured) {
      const decided = slotsOf(await fetchText(`${edge.url}/${path}`)).slates.length;
      if (decided !== (side.startsWith('edge') ? 3 : 0)) throw new Error(`${side}: ${decided} slots decided`);
      await load(path, WARM_UP_SECONDS);
    }
    for (let round = 0; round < rounds; round++) {
      // Each side goes first as often as the others, and after each of them.
      for (let turn = 0; turn < measured.length; turn++) {
        const at = (round + (round % 2 ? turn : measured.length - turn)) % measured.length;
        const { path, rounds: done } = measured[at] as (typeof measured)[number]; // at is within it
        done.push(await load(path, seconds));
      }
    }
    return new Map(measured.map(({ side, rounds }) => [side, rounds]));
  } finally {
    await edge.dispose();
  }
}

/** What wrk measures: https://github.com/wg/wrk. One thread, so that workerd has a core of its own. */
const loadByWrk: Client = async (url, seconds) => {
  const headers = Object.entries(PHONE).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const how = ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '--latency', ...headers];
  const { stdout } = await run('wrk', [...how, url]).catch((cause: unknown) => {
    throw new Error('expected wrk to run: apt-get install wrk', { cause });
  });
  const found = (pattern: RegExp) => {
    const [, value, unit = ''] = pattern.exec(stdout) ?? [];
    if (!value || /Non-2xx|Socket errors/.test(stdout)) throw new Error(`wrk says: ${stdout}`);
    return Number(value) * (MS[unit] ?? 1);
  };
  return {
    p50: found(/50%\s+([\d.]+)(us|ms|s)/),
    p99: found(/99%\s+([\d.]+)(us|ms|s)/),
    throughput: found(/Requests\/sec:\s+([\d.]+)/),
    requests: found(/(\d+) requests in/),
  };
};

/** What this process measures, which needs more of the machine than workerd does. */
const loadByNode: Client = async (url, seconds) => {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const times: number[] = [];
  const began = performance.now();
  const connection = async () => {
    for (let now = began; now < began + seconds * 1000; ) {
      await fetchText(url, agent);
      const end = performance.now();
      times.push(end - now);
      now = end;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  const took = performance.now() - began;
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor((times.length - 1) * share)] as number;
  return { p50: at(0.5), p99: at(0.99), throughput: (times.length / took) * 1000, requests: times.length };
};

function rowsOf(measured: ReadonlyMap<string, readonly Round[]>): readonly BenchRow[] {
  const spread = (values: readonly number[]) => {
    const sorted = [...values].sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] as number;
    return { value: at(0.5), low: at(0.25), high: at(0.75) };
  };
  const units = { p50: 'ms', p99: 'ms', throughput: '1/s', processor: 'ms' } as const;
  const metrics = Object.entries(units) as [keyof Round, string][];
  const rows = [...measured].flatMap(([side, rounds]) =>
    metrics.map(([metric, unit]): BenchRow => {
      return { case: side, metric, ...spread(rounds.map((round) => round[metric])), unit };
    }),
  );
  for (const [side, rounds] of measured) {
    if (!side.startsWith('edge')) continue;
    for (const [other, beside] of measured) {
      if (other.startsWith('edge')) continue;
      for (const [metric] of metrics) {
        // Round by round, so that what else the machine does falls on both.
        const ratios = rounds.map((round, i) => round[metric] / (beside[i] as Round)[metric]);
        rows.push({ case: `${side} / ${other}`, metric, ...spread(ratios), unit: 'ratio' });
      }
    }
  }
  return rows;
}
