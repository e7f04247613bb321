import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { Miniflare, NoOpLog, type Request as WorkerdRequest, Response as WorkerdResponse } from 'miniflare';
import { bundleWorker } from '../../scripts/bundle-worker.ts';

export interface EdgeSetup {
  /** The module that exports `worker`. @default edge-worker.ts */
  readonly worker?: URL;
  /** `request.cf` of every request. */
  readonly cf: Readonly<Record<string, unknown>>;
  /** Base URL of the weather source. @default a port that nothing listens on */
  readonly weather?: string;
  /** What workerd is started with besides. */
  readonly bound?: {
    readonly kvNamespaces?: string[];
    readonly r2Buckets?: string[];
    readonly inspectorPort?: number;
  };
  readonly origin: (request: { readonly url: string; readonly method: string }) => OriginAnswer;
}

export interface OriginAnswer {
  readonly body: string | Uint8Array | ReadableStream<Uint8Array> | null;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** miniflare knows where it is itself. */
const NOWHERE = { country: 'XX', regionCode: '', latitude: '', longitude: '', timezone: '', continent: '' };
const EDGE = new URL('./edge-worker.ts', import.meta.url);

export interface RunningEdge {
  readonly url: string;
  readonly miniflare: Miniflare;
  /** A request with a `request.cf` of its own, in which nothing is known but what it says. */
  visit(path: string, visitor?: EdgeVisitor): Promise<VisitedPage>;
  dispose(): Promise<void>;
}

interface EdgeVisitor {
  /** @default that of the setup */
  readonly cf?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

interface VisitedPage {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** The edge in workerd on a free loopback port, in front of an origin that the test plays. */
export async function startEdge(setup: EdgeSetup): Promise<RunningEdge> {
  const { worker = EDGE, cf, weather = 'http://127.0.0.1:9', bound, origin } = setup;
  const modules = await bundleWorker(
    `export { worker as default } from ${JSON.stringify(fileURLToPath(worker))};`,
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
    cf: { ...cf },
    modules,
    compatibilityDate: '2026-07-01',
    bindings: { WEATHER: weather },
    ...bound,
    serviceBindings: {
      ASSETS: (request: WorkerdRequest) => {
        const {
          body,
          status = 200,
          headers = { 'content-type': 'text/html; charset=utf-8' },
        } = origin(request);
        return new WorkerdResponse(body, { status, headers });
      },
    },
  });
  const url = (await miniflare.ready).origin;
  return {
    url,
    miniflare,
    async visit(path, { cf: own = cf, headers } = {}) {
      const accept = { accept: 'text/html', 'accept-encoding': 'identity' };
      const response = await miniflare.dispatchFetch(`http://shop.test${path}`, {
        headers: { ...accept, ...headers },
        // Its type asks for every field that Cloudflare may set.
        cf: { ...NOWHERE, ...own } as never,
      });
      return {
        status: response.status,
        headers: new Headers([...response.headers]),
        text: await response.text(),
      };
    },
    dispose: () => miniflare.dispose(),
  };
}
