import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { Miniflare, type MiniflareOptions, NoOpLog } from 'miniflare';
import { bundleWorker } from './bundle-worker.ts';

export interface StorefrontOptions {
  /** Folder of static files to serve. */
  readonly dir: string;
  /** 0 takes a free one. @default 0 */
  readonly port?: number;
  /** What the Worker finds as `request.cf`. @default nothing is known about the visitor */
  readonly cf?: Readonly<Record<string, unknown>> | undefined;
  /** Base URL of a server that speaks Open-Meteo's format. @default Open-Meteo itself, asked only if `cf` has a place */
  readonly openMeteoHost?: string | undefined;
  /** The file that exports it, as its default or as `worker`. @default the shop's own */
  readonly worker?: URL;
  /** Durable Objects on SQLite that it has: by binding the class that it exports. @default none */
  readonly durableObjects?: Readonly<Record<string, string>>;
  /** Set on every response, e.g. COOP and COEP for exact clocks. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Takes what workerd prints, line by line. @default dropped */
  readonly log?: (line: string) => void;
}

export interface Storefront {
  readonly url: string;
  /** A request over loopback HTTP, as a browser would make it. */
  dispatch(path: string, init?: RequestInit): Promise<Response>;
  dispose(): Promise<void>;
}

const WORKER = new URL('../examples/storefront/worker.ts', import.meta.url);

/** Runs the demo shop's Worker in workerd on 127.0.0.1. Touches no network unless `cf` has a place. */
export async function serveStorefront(options: StorefrontOptions): Promise<Storefront> {
  const { dir, port = 0, cf = {}, openMeteoHost, headers = {}, log } = options;
  const { worker = WORKER, durableObjects = {} } = options;
  const miniflare = new Miniflare({
    ...runtime(log),
    host: '127.0.0.1',
    port,
    cf,
    modules: await bundleWorker(entry(worker, headers), import.meta.dirname),
    compatibilityDate: '2026-07-01',
    bindings: openMeteoHost ? { OPEN_METEO_HOST: openMeteoHost } : {},
    durableObjects: Object.fromEntries(
      Object.entries(durableObjects).map(([name, className]) => [name, { className, useSQLite: true }]),
    ),
    assets: {
      directory: dir,
      binding: 'ASSETS',
      routerConfig: { has_user_worker: true, invoke_user_worker_ahead_of_assets: true },
      assetConfig: { html_handling: 'auto-trailing-slash', not_found_handling: '404-page' },
    },
  });
  try {
    const url = (await miniflare.ready).origin;
    return {
      url,
      dispatch: (path, init) => fetch(new URL(path, url), init),
      dispose: () => miniflare.dispose(),
    };
  } catch (cause) {
    await miniflare.dispose().catch(() => undefined);
    if (!isPortTaken(cause)) throw cause;
    throw new Error(`Port ${port} is already in use. Choose another one with -- --port N.`, { cause });
  }
}

function runtime(log: StorefrontOptions['log']): Partial<MiniflareOptions> {
  const forward = (stream: Readable) =>
    log ? createInterface({ input: stream }).on('line', log) : stream.resume();
  return {
    log: new NoOpLog(),
    handleRuntimeStdio: (stdout: Readable, stderr: Readable) => [stdout, stderr].forEach(forward),
  };
}

/** A Worker, with headers added to all that it answers. */
function entry(file: URL, headers: Readonly<Record<string, string>>): string {
  const worker = JSON.stringify(fileURLToPath(file));
  return `
    import * as exported from ${worker};
    export * from ${worker};
    const worker = exported.default ?? exported.worker;
    const added = Object.entries(${JSON.stringify(headers)});
    export default {
      async fetch(...call) {
        const response = await worker.fetch(...call);
        if (added.length === 0) return response;
        const copy = new Response(response.body, response);
        for (const [name, value] of added) copy.headers.set(name, value);
        return copy;
      },
    };`;
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_ADDRESS_IN_USE';
}
