import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The strictest policy the element promises to work under. */
const POLICY = "default-src 'self'; style-src 'self'; require-trusted-types-for 'script'";

/** Sets the consent before the element is defined, the way a page does that loads the element late. */
const SCRIPT = `
  import { createConsent } from '@inkling/consent';
  const query = new URLSearchParams(location.search);
  const consent = createConsent({
    storage: localStorage,
    now: () => Date.now() + (globalThis.aheadMs ?? 0),
    globalPrivacyControl: query.has('gpc'),
    changes: (fn) => {
      addEventListener('storage', fn);
      return () => removeEventListener('storage', fn);
    },
  });
  const element = document.querySelector('inkling-consent');
  element.consent = consent;
  if (query.has('german')) element.texts = { language: 'de', accept: 'Annehmen', refuse: 'Ablehnen' };
  document.querySelector('[data-inkling-consent]').addEventListener('click', () => element.open());
  await import('@inkling/consent/define');
  Object.assign(globalThis, { consent, element, ready: true });
`;

const STYLE = `
  :root { color-scheme: light dark; font-family: sans-serif }
  body { margin: 0; color: light-dark(#111, #eee); background: light-dark(#fff, #111) }
  header a { color: inherit }
  header, main, footer { padding: 1rem }
  main { min-height: 150vh }
  footer { transform: translateZ(0) }
`;

/** @param language BCP 47 tag of the page; Arabic is written from right to left */
const pageIn = (language: string) => `<!doctype html>
<html lang="${language}"${language === 'ar' ? ' dir="rtl"' : ''}>
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>A shop</title>
    <link rel="stylesheet" href="/page.css">
  </head>
  <body>
    <header><a href="/other">Elsewhere</a> <button type="button" data-inkling-consent="open">Privacy choices</button></header>
    <main><h1>Goods</h1><p>As the author wrote them.</p></main>
    <footer><inkling-consent><a href="/privacy">Privacy notice</a></inkling-consent></footer>
    <script type="module" src="/page.js"></script>
  </body>
</html>`;

export interface ConsentPage {
  readonly url: string;
  close(): void;
}

/** A page with the element, built from source and served under the strict policy. */
export async function serveConsentPage(): Promise<ConsentPage> {
  const { outputFiles } = await build({
    stdin: { contents: SCRIPT, resolveDir: fileURLToPath(new URL('.', import.meta.url)), loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['@inkling/source'],
    write: false,
  });
  const script = outputFiles[0]?.text ?? '';
  const send = (response: ServerResponse, type: string, body: string): void => {
    response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY });
    response.end(body);
  };
  const server = createServer((request, response) => {
    if (request.url === '/page.js') send(response, 'text/javascript', script);
    else if (request.url === '/page.css') send(response, 'text/css', STYLE);
    else if (request.url === '/favicon.ico') response.writeHead(204).end();
    else {
      const language = new URL(request.url ?? '/', 'http://localhost').searchParams.get('lang') ?? 'en';
      send(response, 'text/html', pageIn(language));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
