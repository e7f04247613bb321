import { createStore, get, promisifyRequest, type UseStore } from 'idb-keyval';

/** What is remembered on the device, by name. No method rejects: what fails is kept in memory, or is not there. */
export interface DeviceStore {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  delete(key: string): Promise<void>;
  /** Removes everything, the database included, also what an earlier page stored. Opens nothing to do so. */
  erase(): Promise<void>;
}

export const DATABASE = 'inkling';
const OPEN_TIMEOUT_MS = 1000;

/** Keeps values in IndexedDB, and in memory from the first failure on. Opens the database only when first used. */
export function createDeviceStore(onFailure: (cause: unknown) => void): DeviceStore {
  const memory = new Map<string, unknown>();
  let failed = false;
  let opened: UseStore | undefined;

  const use = async <T>(operation: (store: UseStore) => Promise<T>): Promise<T | undefined> => {
    if (failed) return undefined;
    try {
      opened ??= createStore(DATABASE, 'values');
      return await withTimeout(operation(opened));
    } catch (cause) {
      failed = true;
      onFailure(cause);
      return undefined;
    }
  };
  /** Commits at once: a click that leaves the page takes a transaction with it that would have committed by itself. */
  const write = (change: (values: IDBObjectStore) => void) =>
    use((store) =>
      store('readwrite', (values) => {
        change(values);
        values.transaction.commit?.();
        return promisifyRequest(values.transaction);
      }),
    );
  return {
    async get(key) {
      return memory.get(key) ?? (await use((store) => get(key, store)));
    },
    async set(key, value) {
      memory.set(key, value);
      await write((values) => values.put(value, key));
    },
    async delete(key) {
      memory.delete(key);
      await write((values) => values.delete(key));
    },
    async erase() {
      memory.clear();
      const store = opened;
      opened = undefined;
      try {
        // An open connection would hold the deletion back. One that has failed may never answer; it is not waited for.
        const closing = store?.('readonly', (values) => values.transaction.db.close()).catch(() => {});
        if (!failed) await withTimeout(Promise.resolve(closing));
        await withTimeout(deleteDatabase());
      } catch (cause) {
        onFailure(cause);
      }
    },
  };
}

function deleteDatabase(): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(DATABASE);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
}

/** Opening can hang for good, e.g. in a private window. */
function withTimeout<T>(operation: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`IndexedDB gave no answer in ${OPEN_TIMEOUT_MS} ms`)),
      OPEN_TIMEOUT_MS,
    );
    operation.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
