import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { Miniflare, NoOpLog, type Request as WorkerdRequest, Response as WorkerdResponse } from 'miniflare';

export interface EdgeSetup {
  /** The module that exports `worker`. @default edge-worker.ts */
  readonly worker?: URL;
  /** `request.cf` of every request. */
  readonly cf: Readonly<Record<string, unknown>>;
  /** Base URL of the weather source. @default a port that nothing listens on */
  readonly weather?: string;
  readonly origin: (request: { readonly url: string; readonly method: string }) => OriginAnswer;
}

export interface OriginAnswer {
  readonly body: string | Uint8Array | ReadableStream<Uint8Array> | null;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

const EDGE = new URL('./edge-worker.ts', import.meta.url);

/** The edge in workerd on a free loopback port, in front of an origin that the test plays. */
export async function startEdge(
  setup: EdgeSetup,
): Promise<{ readonly url: string; dispose(): Promise<void> }> {
  const { worker = EDGE, cf, weather = 'http://127.0.0.1:9', origin } = setup;
  const { outputFiles } = await build({
    stdin: {
      contents: `export { worker as default } from ${JSON.stringify(fileURLToPath(worker))};`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['@inkling/source', 'workerd'],
    logLevel: 'silent',
  });
  const miniflare = new Miniflare({
    log: new NoOpLog(),
    handleRuntimeStdio: (stdout: Readable, stderr: Readable) => {
      stdout.resume();
      stderr.resume();
    },
    host: '127.0.0.1',
    port: 0,
    cf: { ...cf },
    modules: [{ type: 'ESModule', path: 'worker.js', contents: outputFiles[0]?.text ?? '' }],
    compatibilityDate: '2026-07-01',
    bindings: { WEATHER: weather },
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
  return { url, dispose: () => miniflare.dispose() };
}
