/// <reference lib="dom" />
import type { Observation } from './observation.ts';
import type { WATCHED } from './watched-apis.ts';

declare global {
  interface Window {
    inklingAudit(observation: Observation): void;
  }
}

/** Runs in every frame and worker before any script of the page: whatever it can wrap tells of its use. It must stand
 * alone.
 * @param tell @default what the frame has for it */
export function watchPage(
  watched: typeof WATCHED,
  tell: (seen: Observation) => void = (seen) => window.inklingAudit(seen),
): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  type Member = (this: unknown, ...values: unknown[]) => unknown;

  const note = (kind: Observation['kind'], api: string, what: string, bytes = 0): void => {
    const by = /https?:\/\/[^\s)]+/.exec(new Error().stack ?? '')?.[0];
    tell({ kind, api, what, bytes, ...(by !== undefined && { by }) });
  };
  const prototypeOf = (name: string): object | undefined => {
    const owner = name.split('.').reduce<unknown>((value, key) => Object(value)[key], scope);
    return name === 'Window' ? globalThis : typeof owner === 'function' ? owner.prototype : undefined;
  };
  const wrap = (
    owner: object | undefined,
    member: string,
    before: (self: unknown, values: unknown[]) => void,
  ) => {
    const found = owner && Object.getOwnPropertyDescriptor(owner, member);
    if (!owner || !found?.configurable) return;
    const own: Member | undefined = found.get ?? found.value;
    if (typeof own !== 'function') return;
    const wrapped: Member = function (...values) {
      before(this, values);
      return own.apply(this, values);
    };
    Object.defineProperty(owner, member, { ...found, [found.get ? 'get' : 'value']: wrapped });
  };
  /** About what a value takes when stored. */
  const sizeOf = (value: unknown): number => {
    if (value instanceof Blob) return value.size;
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength;
    return new TextEncoder().encode(typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).length;
  };

  for (const [owner, member, api] of [...watched.methods, ...watched.getters])
    wrap(prototypeOf(owner), member, () => note('read', api, `${owner}.${member}`));
  for (const [name, api] of watched.constructors) {
    const own = scope[name];
    if (typeof own !== 'function') continue;
    const kind = api.startsWith('Web') ? 'request' : 'read';
    scope[name] = new Proxy(own, {
      construct(target, values, made) {
        note(kind, api, name);
        return Reflect.construct(target, values, made);
      },
    });
  }
  wrap(EventTarget.prototype, 'addEventListener', (_, [type]) => {
    if (watched.events.some((event) => event === type)) note('read', 'sensors', String(type));
  });

  const cookieName = (text: unknown) => String(text).split('=')[0]?.trim() ?? '';
  // A worker has no document.
  const cookie = prototypeOf('Document') && Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
  if (cookie?.set) {
    const { set } = cookie;
    Object.defineProperty(Document.prototype, 'cookie', {
      ...cookie,
      set(text) {
        note('store', 'cookie', cookieName(text), sizeOf(String(text).split(';')[0]));
        set.call(this, text);
      },
    });
  }
  wrap(prototypeOf('CookieStore'), 'set', (_, [name, value]) =>
    note('store', 'cookie', String(Object(name).name ?? name), sizeOf(value ?? name)),
  );
  wrap(prototypeOf('IDBFactory'), 'open', (_, [name]) => note('store', 'indexedDB', String(name)));
  for (const member of ['put', 'add'])
    wrap(IDBObjectStore.prototype, member, (self, [value, key]) => {
      const { name, transaction } = self as IDBObjectStore;
      note('store', 'indexedDB', `${transaction.db.name}/${String(key ?? name)}`, sizeOf(value));
    });
  wrap(prototypeOf('CacheStorage'), 'open', (_, [name]) => note('store', 'cache', String(name)));
  wrap(prototypeOf('StorageManager'), 'getDirectory', () => note('store', 'opfs', 'directory'));
  wrap(prototypeOf('ServiceWorkerContainer'), 'register', (_, [url]) =>
    note('store', 'serviceWorker', new URL(String(url), document.baseURI).pathname),
  );
}
