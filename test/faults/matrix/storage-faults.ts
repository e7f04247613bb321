import type { Fault } from './fault.ts';

const faults: readonly Omit<Fault, 'kind'>[] = [
  {
    name: 'IndexedDB refuses to open',
    expect: 'personalized',
    code: 'store_failed',
    before() {
      indexedDB.open = () => {
        throw new DOMException('denied', 'SecurityError');
      };
    },
  },
  {
    name: 'IndexedDB never answers',
    expect: 'either',
    code: 'store_failed',
    before() {
      indexedDB.open = () => ({}) as IDBOpenDBRequest;
    },
  },
  {
    name: 'IndexedDB opens with an error',
    expect: 'personalized',
    code: 'store_failed',
    before() {
      indexedDB.open = () => {
        const request = { error: new DOMException('broken', 'UnknownError'), onerror: () => {} };
        setTimeout(() => request.onerror());
        return request as unknown as IDBOpenDBRequest;
      };
    },
  },
  {
    name: 'the getter of IndexedDB throws',
    expect: 'personalized',
    code: 'store_failed',
    before() {
      Object.defineProperty(window, 'indexedDB', {
        get() {
          throw new DOMException('denied', 'SecurityError');
        },
      });
    },
  },
  {
    name: 'there is no IndexedDB',
    expect: 'personalized',
    code: 'store_failed',
    before() {
      Object.defineProperty(window, 'indexedDB', { value: undefined });
    },
  },
  {
    name: 'the getter of localStorage throws',
    expect: 'personalized',
    before() {
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('denied', 'SecurityError');
        },
      });
    },
  },
  {
    name: 'localStorage is null',
    expect: 'either',
    before() {
      Object.defineProperty(window, 'localStorage', { value: null });
    },
  },
  {
    name: 'every method of localStorage throws',
    expect: 'personalized',
    before() {
      for (const name of ['getItem', 'setItem', 'removeItem'] as const) {
        Storage.prototype[name] = () => {
          throw new DOMException('full', 'QuotaExceededError');
        };
      }
    },
  },
  {
    name: 'every write to IndexedDB is over the quota',
    expect: 'personalized',
    code: 'store_failed',
    before() {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    },
  },
  {
    name: 'the stored profile is somebody else’s',
    expect: 'personalized',
    before() {
      const request = indexedDB.open('inkling');
      request.onupgradeneeded = () => {
        const values = request.result.createObjectStore('values');
        values.put('{"not": "a profile"', 'profile');
        values.put({ not: ['text'] }, 'unit');
      };
      request.onsuccess = () => request.result.close();
    },
  },
  {
    name: 'the stored profile is of numbers that are none',
    expect: 'personalized',
    before() {
      const request = indexedDB.open('inkling');
      request.onupgradeneeded = () => {
        const values = request.result.createObjectStore('values');
        values.put(
          { v: Number.NaN, createdAt: Infinity, visit: null, recent: 7, posterior: [[]] },
          'profile',
        );
      };
      request.onsuccess = () => request.result.close();
    },
  },
  {
    name: 'a database of our name has no store of ours',
    expect: 'personalized',
    code: 'store_failed',
    before() {
      const request = indexedDB.open('inkling');
      request.onupgradeneeded = () => request.result.createObjectStore('other');
      request.onsuccess = () => request.result.close();
    },
  },
  {
    name: 'a database of our name is of a later version',
    expect: 'either',
    before() {
      const request = indexedDB.open('inkling', 99);
      request.onupgradeneeded = () => request.result.createObjectStore('values');
      request.onsuccess = () => request.result.close();
    },
  },
  {
    name: 'another tab holds the database while it changes its version',
    expect: 'either',
    before() {
      const request = indexedDB.open('inkling', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('values');
      // It never closes, and asks for a version that cannot be given while it is open.
      request.onsuccess = () => indexedDB.open('inkling', 2);
    },
  },
  {
    name: 'the database is deleted while the page is open',
    expect: 'either',
    before() {
      addEventListener('load', () => indexedDB.deleteDatabase('inkling'));
    },
  },
  {
    name: 'the connection to the database is closed under it',
    expect: 'either',
    before() {
      const { transaction } = IDBDatabase.prototype;
      IDBDatabase.prototype.transaction = function (...call) {
        this.close();
        return transaction.apply(this, call);
      };
    },
  },
  {
    name: 'the stored choice is somebody else’s',
    expect: 'personalized',
    code: 'consent-malformed',
    before() {
      localStorage.setItem('inkling.consent', 'yes to everything');
    },
  },
  {
    name: 'the stored choice is a megabyte',
    expect: 'personalized',
    code: 'consent-malformed',
    before() {
      localStorage.setItem('inkling.consent', `{"v":1,"p":"${'g'.repeat(1_000_000)}"}`);
    },
  },
];

export const STORAGE_FAULTS: readonly Fault[] = faults.map((fault) => ({ ...fault, kind: 'storage' }));
