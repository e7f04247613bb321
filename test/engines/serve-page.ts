import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';

export interface ServedPage {
  readonly url: string;
  close(): void;
}

/** A page on a free loopback port that runs one script of ours, and beside it JSON files by path.
 * @param script path of the module that sets `window.result` */
export async function servePage(
  script: string,
  files: Readonly<Record<string, unknown>>,
): Promise<ServedPage> {
  const { outputFiles } = await build({
    entryPoints: [script],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    conditions: ['@inkling/source'],
    logLevel: 'warning',
  });
  const server = createServer(({ url = '/' }, response) => {
    if (url === '/page.js')
      response.setHeader('content-type', 'text/javascript').end(outputFiles[0]?.contents);
    else if (url in files) response.end(JSON.stringify(files[url]));
    else
      response.setHeader('content-type', 'text/html').end('<!doctype html><script src="/page.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
