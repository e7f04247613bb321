import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { buildEdgePack, edgePage } from '../workerd/edge-pack.ts';
import { slotsOf } from '../workerd/slots-of.ts';
import { startEdge } from '../workerd/start-edge.ts';
import type { Bench, BenchRow } from './bench.ts';
import { fetchText, PHONE } from './edge/fetch-text.ts';

const SIDES = ['raw', 'rewriter', 'edge'] as const;
const PAGE_BYTES = 61_440;
const CONNECTIONS = 8;
const WARM_UP_SECONDS = 3;
const MS: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000 };
const run = promisify(execFile);

type Side = (typeof SIDES)[number];

interface Round {
  readonly p50: number;
  readonly p99: number;
  /** Requests per second. */
  readonly throughput: number;
}

/** Load on the same 60 KB page in workerd, over loopback HTTP: as it is, through an HTMLRewriter with one handler that
 * does nothing, and with its context written and three slots decided.
 * @param args `--rounds N` (15), `--seconds N` of each side in each round (1) */
export const bench: Bench = async (args) => {
  const option = (name: string, preset: number) =>
    args.includes(name) ? Number(args[args.indexOf(name) + 1]) : preset;
  const rounds = option('--rounds', 15);
  const seconds = option('--seconds', 1);
  const files = await buildEdgePack();
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
    const decided = slotsOf(await fetchText(`${edge.url}/edge`)).slates.length;
    if (decided !== 3) throw new Error(`expected 3 slots decided, found ${decided}`);
    for (const side of SIDES) await load(edge.url, side, WARM_UP_SECONDS);
    const measured: Record<Side, Round[]> = { raw: [], rewriter: [], edge: [] };
    for (let round = 0; round < rounds; round++) {
      // Each side goes first as often as the others.
      for (let turn = 0; turn < SIDES.length; turn++) {
        const side = SIDES[(round + turn) % SIDES.length] as Side;
        measured[side].push(await load(edge.url, side, seconds));
      }
    }
    return rowsOf(measured, page.length);
  } finally {
    await edge.dispose();
  }
};

/** What wrk measures of one side: https://github.com/wg/wrk. One thread, so that workerd has a core of its own. */
async function load(url: string, side: Side, seconds: number): Promise<Round> {
  const headers = Object.entries(PHONE).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const how = ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '--latency', ...headers];
  const { stdout } = await run('wrk', [...how, `${url}/${side}`]).catch((cause: unknown) => {
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
  };
}

function rowsOf(measured: Readonly<Record<Side, readonly Round[]>>, bytes: number): readonly BenchRow[] {
  const spread = (values: readonly number[]) => {
    const sorted = [...values].sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] as number;
    return { value: at(0.5), low: at(0.25), high: at(0.75) };
  };
  const rows: BenchRow[] = [{ case: 'page', metric: 'size', value: bytes, unit: 'B' }];
  for (const side of SIDES) {
    const of = (field: keyof Round) => spread(measured[side].map((round) => round[field]));
    rows.push(
      { case: side, metric: 'p50', ...of('p50'), unit: 'ms' },
      { case: side, metric: 'p99', ...of('p99'), unit: 'ms' },
      { case: side, metric: 'throughput', ...of('throughput'), unit: '1/s' },
    );
  }
  for (const other of ['rewriter', 'raw'] as const) {
    for (const field of ['p50', 'p99', 'throughput'] as const) {
      // Round by round, so that what else the machine does falls on both.
      const ratios = measured.edge.map((round, i) => round[field] / (measured[other][i] as Round)[field]);
      rows.push({ case: `edge / ${other}`, metric: field, ...spread(ratios), unit: 'ratio' });
    }
  }
  return rows;
}
