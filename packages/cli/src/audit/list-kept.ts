/// <reference lib="dom" />
import type { Page } from 'playwright-core';

/** Something stored; what a cookie or an entry of a storage holds is given too. */
export interface KeptText {
  readonly api: string;
  readonly name: string;
  readonly bytes: number;
  readonly text?: string;
}

/** Everything the browser keeps for the page's site now, with its size in bytes. */
export async function listKept(page: Page): Promise<readonly KeptText[]> {
  const cookies = await page.context().cookies();
  return [
    ...cookies.map(({ name, value }) => ({
      api: 'cookie',
      name,
      bytes: name.length + value.length,
      text: value,
    })),
    ...(await page.evaluate(listInPage)),
  ];
}

async function listInPage(): Promise<readonly KeptText[]> {
  const kept: KeptText[] = [];
  const bytesOf = (text: string) => new TextEncoder().encode(text).length;
  for (const api of ['localStorage', 'sessionStorage'] as const) {
    for (const [name, text] of Object.entries(window[api]) as [string, string][])
      kept.push({ api, name, bytes: bytesOf(name + text), text });
  }
  for (const { name = '' } of await indexedDB.databases()) {
    kept.push({ api: 'indexedDB', name, bytes: bytesOf(name) });
    const opened = indexedDB.open(name);
    const database = await new Promise<IDBDatabase | undefined>((resolve) => {
      // A deletion that another page holds up would keep us waiting; that it is still listed says enough.
      const timer = setTimeout(() => {
        opened.onsuccess = () => opened.result.close();
        resolve(undefined);
      }, 500);
      // It has just been deleted: looking must not make it anew.
      opened.onupgradeneeded = () => opened.transaction?.abort();
      opened.onsuccess = () => {
        clearTimeout(timer);
        resolve(opened.result);
      };
      opened.onerror = () => resolve(undefined);
    });
    for (const store of database?.objectStoreNames ?? []) {
      const cursor = database?.transaction(store).objectStore(store).openCursor();
      await new Promise<void>((resolve) => {
        if (!cursor) return resolve();
        cursor.onerror = () => resolve();
        cursor.onsuccess = () => {
          if (!cursor.result) return resolve();
          const { key, value } = cursor.result;
          const text = value instanceof Uint8Array ? '' : (JSON.stringify(value) ?? '');
          const bytes = value instanceof Uint8Array ? value.byteLength : bytesOf(text);
          kept.push({ api: 'indexedDB', name: `${name}/${String(key)}`, bytes });
          cursor.result.continue();
        };
      });
    }
    database?.close();
  }
  // These three exist in secure contexts alone.
  for (const name of (await globalThis.caches?.keys()) ?? []) {
    const entries = await (await caches.open(name)).matchAll();
    const sizes = await Promise.all(entries.map(async (entry) => (await entry.blob()).size));
    kept.push({ api: 'cache', name, bytes: sizes.reduce((sum, size) => sum + size, 0) });
  }
  for (const { scope } of (await navigator.serviceWorker?.getRegistrations()) ?? [])
    kept.push({ api: 'serviceWorker', name: new URL(scope).pathname, bytes: 0 });
  const directory = await navigator.storage?.getDirectory().catch(() => undefined);
  if (directory) {
    const entries = directory as unknown as AsyncIterable<[string, FileSystemFileHandle]>;
    for await (const [name, handle] of entries)
      kept.push({ api: 'opfs', name, bytes: handle.kind === 'file' ? (await handle.getFile()).size : 0 });
  }
  return kept;
}
