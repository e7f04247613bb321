import type { BrowserContext, Page, Request } from 'playwright-core';
import type { Observation } from './observation.ts';
import { watchPage } from './watch-page.ts';
import { WATCHED } from './watched-apis.ts';

/** High-entropy hints that a server asks for by Accept-CH, https://wicg.github.io/ua-client-hints/. */
const HINTS = /Sec-CH-UA-(Arch|Bitness|Full-Version(-List)?|Model|Platform-Version|WoW64|Form-Factors)/i;

type Note = (seen: Observation, page: Page | null) => void;

/** Watches all pages of a browser context from before their first script: from inside, and over the protocol. */
export async function watchContext(context: BrowserContext, note: Note): Promise<void> {
  await context.exposeBinding('inklingAudit', ({ page }, seen: Observation) => note(seen, page));
  await context.addInitScript(watchPage, WATCHED);
  context.on('request', (request) => note(observe(request), pageOf(request)));
  context.on('response', async (response) => {
    const page = pageOf(response.request());
    const headers = await response.headersArray().catch(() => []);
    for (const { name, value } of headers) {
      const [cookie = ''] = value.split(';');
      if (/^set-cookie$/i.test(name)) {
        const what = cookie.split('=')[0] ?? '';
        note({ kind: 'store', api: 'cookie', what, bytes: Buffer.byteLength(cookie) }, page);
      } else if (/^accept-ch$/i.test(name) && HINTS.test(value))
        note({ kind: 'read', api: 'high-entropy hints', what: `Accept-CH: ${value}`, bytes: 0 }, page);
    }
  });
}

/** What only the protocol of a single page tells. */
export async function watchTab(page: Page, note: Note): Promise<void> {
  page.on('websocket', (socket) => {
    note({ kind: 'request', api: 'websocket', what: socket.url(), bytes: 0 }, page);
  });
  // Assigning to a property of a storage passes by every wrapper.
  const session = await page.context().newCDPSession(page);
  for (const event of ['DOMStorage.domStorageItemAdded', 'DOMStorage.domStorageItemUpdated'] as const)
    session.on(event, ({ storageId, key, newValue }) => {
      const api = storageId.isLocalStorage ? 'localStorage' : 'sessionStorage';
      note({ kind: 'store', api, what: key, bytes: Buffer.byteLength(key + newValue) }, page);
    });
  await session.send('DOMStorage.enable');
}

function observe(request: Request): Observation {
  const body = request.postData() ?? undefined;
  const url = request.url();
  const query = URL.canParse(url) ? new URL(url).search : '';
  return {
    kind: 'request',
    api: request.resourceType(),
    what: url.startsWith('data:') ? 'data:' : url,
    method: request.method(),
    bytes: Buffer.byteLength(query + (body ?? '')),
    ...(body !== undefined && { body }),
  };
}

/** None for what a service worker asks for. */
function pageOf(request: Request): Page | null {
  try {
    return request.frame().page();
  } catch {
    return null;
  }
}
