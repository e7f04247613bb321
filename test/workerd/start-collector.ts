import { Agent, request } from 'node:http';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { TotalsReport } from '@inkling/core/totals';
import { Miniflare, NoOpLog } from 'miniflare';
import { bundleWorker } from '../../scripts/bundle-worker.ts';
import { SECRET, SHARDS } from './collector-worker.ts';

export interface Collecting {
  readonly url: string;
  /** Posts as a page of the site does. Status 0: there was no answer. */
  post(body: string | Uint8Array, headers?: Readonly<Record<string, string>>, path?: string): Promise<number>;
  /** The same over a connection of its own, as somebody else does. */
  postAlone: Collecting['post'];
  report(report: TotalsReport, headers?: Readonly<Record<string, string>>): Promise<number>;
  /** What the site gets of a day. */
  release(day: string, now: number, secret?: string): Promise<Response>;
  /** What every shard keeps. */
  look(): Promise<readonly Kept[]>;
  dispose(): Promise<void>;
}

interface Kept {
  readonly cells: readonly {
    readonly day: number;
    readonly cell: string;
    readonly batches: number;
    readonly exposures: number;
    readonly rewards: number;
  }[];
  readonly batches: readonly { readonly id: string; readonly at: number }[];
  readonly sealed: readonly { readonly day: number }[];
}

interface CollectorSetup {
  /** Where its objects keep what they store. @default it is gone with the process */
  readonly folder?: string;
  /** @default 50 */
  readonly connections?: number;
  /** Of the batches, the share on which an object is restarted in the middle of its work. @default 0 */
  readonly restarts?: number;
}

/** The collector in workerd on a free loopback port. */
export async function startCollector(setup: CollectorSetup = {}): Promise<Collecting> {
  const { folder, connections = 50, restarts = 0 } = setup;
  const worker = new URL('./collector-worker.ts', import.meta.url);
  const modules = await bundleWorker(
    `export { worker as default, TestAggregator } from ${JSON.stringify(fileURLToPath(worker))};`,
    import.meta.dirname,
  );
  const miniflare = new Miniflare({
    log: new NoOpLog(),
    handleRuntimeStdio: (stdout: Readable, stderr: Readable) => {
      stdout.resume();
      stderr.resume();
    },
    host: '127.0.0.1',
    port: 0,
    modules,
    compatibilityDate: '2026-07-01',
    bindings: { RESTARTS: restarts },
    durableObjects: { INKLING_AGGREGATOR: { className: 'TestAggregator', useSQLite: true } },
    ...(folder && { durableObjectsPersist: folder }),
  });
  const { origin: url } = await miniflare.ready;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const postOver =
    (agent: Agent | false): Collecting['post'] =>
    (body, headers = {}, path = '/inkling/report') =>
      new Promise((resolve) => {
        const call = request(
          url + path,
          {
            agent,
            method: 'POST',
            headers: {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(body),
              origin: url,
              ...headers,
            },
          },
          (response) => {
            response.resume();
            response.on('end', () => resolve(response.statusCode ?? 0));
            response.on('error', () => resolve(0));
          },
        );
        call.on('error', () => resolve(0));
        call.end(body);
      });
  const post = postOver(agent);
  return {
    url,
    post,
    postAlone: postOver(false),
    report: (report, headers) => post(JSON.stringify(report), headers),
    release: (day, now, secret = SECRET) =>
      fetch(`${url}/inkling/report?day=${day}`, {
        headers: { authorization: `Bearer ${secret}`, 'test-now': String(now) },
      }),
    look: () =>
      Promise.all(
        Array.from(
          { length: SHARDS },
          async (_, shard) => (await (await fetch(`${url}/test/look/${shard}`)).json()) as Kept,
        ),
      ),
    async dispose() {
      agent.destroy();
      await miniflare.dispose();
    },
  };
}
