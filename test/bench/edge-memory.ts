import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { buildEdgePack, edgePage } from '../workerd/edge-pack.ts';
import { slotsOf } from '../workerd/slots-of.ts';
import { startEdge } from '../workerd/start-edge.ts';
import type { Bench, BenchRow } from './bench.ts';
import { fetchText } from './edge/fetch-text.ts';
import { processorMs, workerdHere } from './edge/processor-time.ts';
import { openIsolateHeap } from './edge-memory/isolate-heap.ts';

const PAGE_BYTES = 61_440;
const CONNECTIONS = 8;
/** Samples in all. */
const SAMPLES = 50;

/** What lives in the isolate's heap, and memory and processor time of workerd, over many requests, each of another visitor from another place, beside the same
 * page passed through by the same Worker. Linux only: they are read from /proc.
 * @param args `--requests N` (100,000) */
export const bench: Bench = async (args) => {
  const at = args.indexOf('--requests');
  const requests = at < 0 ? 100_000 : Number(args[at + 1]);
  const files = await buildEdgePack({
    holdout: 0.1,
    shared: { signals: ['device.form', 'weather.condition'] },
  });
  const text = `<p>Some text of a page, with <a href="/a?b=c">a link</a> and <b class="x">more</b>.</p>\n`;
  const filler = text.repeat(Math.ceil((PAGE_BYTES - edgePage.length) / text.length));
  const page = edgePage.replace('</body>', `${filler}</body>`);
  const edge = await startEdge({
    worker: new URL('./edge-memory/worker.ts', import.meta.url),
    cf: {},
    bound: { inspectorPort: 0 },
    origin: ({ url }) => {
      const file = files.get(new URL(url).pathname.slice('/inkling/'.length));
      return file ? { body: file, headers: {} } : { body: page };
    },
  });
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  try {
    const decided = slotsOf(await fetchText(`${edge.url}/?visitor=1`, agent)).slates.length;
    if (decided !== 3) throw new Error(`expected 3 slots decided, found ${decided}`);
    const workerd = workerdHere();
    const heap = await openIsolateHeap(await edge.miniflare.getInspectorURL());
    const few = requests / 10;
    const costs = { raw: [] as number[], plain: [] as number[] };
    for (const side of ['raw', 'plain'] as const) await load(agent, `${edge.url}/${side}`, few / 2);
    for (const side of ['raw', 'plain', 'plain', 'raw'] as const) {
      costs[side].push((await cpuMs(workerd, () => load(agent, `${edge.url}/${side}`, few))) / few);
    }
    const memory = { heap: [] as number[], resident: [] as number[] };
    let next = 0;
    const edgeMs = await cpuMs(workerd, async () => {
      for (let sample = 0; sample < SAMPLES; sample++) {
        await load(agent, `${edge.url}/?visitor=`, requests / SAMPLES, () => next++);
        memory.heap.push(await heap.live());
        memory.resident.push(residentMb(workerd));
      }
    });
    heap.close();
    return rowsOf(memory, requests, { ...costs, varied: [edgeMs / requests] });
  } finally {
    agent.destroy();
    await edge.dispose();
  }
};

async function load(agent: Agent, url: string, requests: number, visitor?: () => number): Promise<void> {
  let left = requests;
  const connection = async () => {
    while (left-- > 0) await fetchText(visitor ? `${url}${visitor()}` : url, agent);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
}

async function cpuMs(pid: number, work: () => Promise<void>): Promise<number> {
  const before = processorMs(pid);
  await work();
  return processorMs(pid) - before;
}

function residentMb(pid: number): number {
  const [, kb] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kb) / 1024;
}

function rowsOf(
  memory: Readonly<Record<'heap' | 'resident', readonly number[]>>,
  requests: number,
  costs: Readonly<Record<'raw' | 'plain' | 'varied', readonly number[]>>,
): readonly BenchRow[] {
  const spread = (part: readonly number[]) => {
    const sorted = [...part].sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] as number;
    return { value: at(0.5), low: at(0), high: at(1) };
  };
  const fifth = (of: keyof typeof memory, index: number) =>
    spread(memory[of].slice((SAMPLES * (index - 1)) / 5, (SAMPLES * index) / 5));
  const fifths = (of: keyof typeof memory, metric: string): readonly BenchRow[] =>
    [1, 2, 3, 4, 5].map((index) => ({
      ...{ case: `fifth ${index} of the requests`, metric, ...fifth(of, index), unit: 'MB' },
    }));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const cost = (of: keyof typeof costs, name: string): BenchRow => ({
    ...{ case: name, metric: 'processor, a request', value: mean(costs[of]), unit: 'ms' },
  });
  return [
    { case: 'requests', metric: 'count', value: requests, unit: '' },
    ...fifths('heap', 'live in the isolate'),
    ...fifths('resident', 'the whole of workerd'),
    cost('raw', 'passed through'),
    cost('plain', 'three slots decided'),
    {
      case: 'added',
      metric: 'processor, a request',
      value: mean(costs.plain) - mean(costs.raw),
      unit: 'ms',
    },
    cost('varied', 'and with weather and shared pages, caches included'),
  ];
}
