import { Agent, get } from 'node:http';
import { buildEdgePack, edgePage } from '../workerd/edge-pack.ts';
import { slotsOf } from '../workerd/slots-of.ts';
import { startEdge } from '../workerd/start-edge.ts';
import type { Bench, BenchRow } from './bench.ts';

const SIDES = ['raw', 'rewriter', 'edge'] as const;
const PAGE_BYTES = 61_440;
const CONNECTIONS = 8;
const WARM_UP = 500;

type Side = (typeof SIDES)[number];

interface Round {
  readonly p50: number;
  readonly p99: number;
  /** Requests per second. */
  readonly throughput: number;
}

/** Load on the same 60 KB page in workerd, over loopback HTTP: as it is, through an HTMLRewriter with one handler that
 * does nothing, and with its context written and three slots decided.
 * @param args `--rounds N` (15), `--requests N` of each side in each round (400) */
export const bench: Bench = async (args) => {
  const option = (name: string, preset: number) =>
    args.includes(name) ? Number(args[args.indexOf(name) + 1]) : preset;
  const rounds = option('--rounds', 15);
  const requests = option('--requests', 400);
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
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  try {
    const decided = slotsOf((await load(agent, edge.url, 'edge', 1)).last).slates.length;
    if (decided !== 3) throw new Error(`expected 3 slots decided, found ${decided}`);
    for (const side of SIDES) await load(agent, edge.url, side, WARM_UP);
    const measured: Record<Side, Round[]> = { raw: [], rewriter: [], edge: [] };
    for (let round = 0; round < rounds; round++) {
      // Each side goes first as often as the others.
      for (let turn = 0; turn < SIDES.length; turn++) {
        const side = SIDES[(round + turn) % SIDES.length] as Side;
        measured[side].push((await load(agent, edge.url, side, requests)).round);
      }
    }
    return rowsOf(measured, page.length);
  } finally {
    agent.destroy();
    await edge.dispose();
  }
};

/** So many requests, as many at a time as there are connections. */
async function load(
  agent: Agent,
  url: string,
  side: Side,
  requests: number,
): Promise<{ readonly round: Round; readonly last: string }> {
  const times: number[] = [];
  let left = requests;
  let last = '';
  const began = performance.now();
  const connection = async () => {
    while (left-- > 0) {
      const asked = performance.now();
      last = await fetchText(agent, `${url}/${side}`);
      times.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONNECTIONS, requests) }, connection));
  const seconds = (performance.now() - began) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] as number;
  return { round: { p50: at(0.5), p99: at(0.99), throughput: requests / seconds }, last };
}

function fetchText(agent: Agent, url: string): Promise<string> {
  const headers = { accept: 'text/html', 'user-agent': 'Mozilla/5.0 (iPhone) Mobile' };
  return new Promise((resolve, reject) => {
    get(url, { agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve(Buffer.concat(chunks).toString()));
    }).on('error', reject);
  });
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
