import { DATABASE, deleteDatabase } from './delete-database.ts';

/** What is remembered on the device, by name. No method rejects: what fails is kept in memory, or is not there. */
export interface DeviceStore {
  get(key: string): Promise<unknown>;
  /** @param signal nothing is written any more once it is aborted. @default none */
  set(key: string, value: unknown, signal?: AbortSignal): Promise<void>;
  /** Reads a value and writes another in its place, in one step that no other tab comes between.
   * @param next gives undefined where nothing is to be written. @default `get`, then `set` */
  change?(key: string, next: (value: unknown) => unknown, signal?: AbortSignal): Promise<void>;
  delete(key: string): Promise<void>;
  /** Removes everything, the database included, also what an earlier page stored. */
  erase(): Promise<void>;
  /** Leaves the database and listens to nothing any more. */
  close?(): void;
}

/** One step of work. */
interface Step {
  /** Ends it at once. */
  commit(): void;
  /** Leaves all as it was; that is no failure. */
  drop(): void;
  /** Ends it as a failure. */
  fail(cause: unknown): void;
}

const VALUES = 'values';
const TIMEOUT_MS = 1000;

/** Keeps values in IndexedDB, and in memory from the first failure on. Opens the database only when first used, and
 * leaves it whenever another tab deletes it, and when the page freezes: a tab that sleeps holds no deletion back. */
export function createDeviceStore(onFailure: (cause: unknown) => void): DeviceStore {
  const memory = new Map<string, unknown>();
  let failed = false;
  let opening: Promise<IDBDatabase> | undefined;

  function open(): Promise<IDBDatabase> {
    opening ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(DATABASE);
      request.onupgradeneeded = () => request.result.createObjectStore(VALUES);
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const database = request.result;
        database.onversionchange = leave;
        // WebKit closes it at times.
        database.onclose = leave;
        resolve(database);
      };
    });
    return opening;
  }

  /** Work that has begun still ends. */
  function leave(): void {
    opening?.then(
      (database) => database.close(),
      () => {},
    );
    opening = undefined;
  }
  const onHide = ({ persisted }: PageTransitionEvent) => {
    // Of a page that is over, nothing may be in the way of its last write.
    if (persisted) leave();
  };
  addEventListener('freeze', leave, true);
  addEventListener('pagehide', onHide);

  async function use<T>(
    mode: IDBTransactionMode,
    run: (values: IDBObjectStore, step: Step) => IDBRequest<T> | undefined,
  ): Promise<T | undefined> {
    if (failed) return undefined;
    try {
      return await withTimeout(
        open().then(
          (database) =>
            new Promise<T | undefined>((resolve, reject) => {
              const transaction = database.transaction(VALUES, mode);
              // A click that leaves the page takes a transaction with it that would have committed by itself.
              const commit = () => transaction.commit?.();
              const drop = () => {
                resolve(undefined);
                transaction.abort();
              };
              const request = run(transaction.objectStore(VALUES), { commit, drop, fail: reject });
              transaction.oncomplete = () => resolve(request?.result);
              // What is read is there before its transaction is over.
              if (request && mode === 'readonly') request.onsuccess = () => resolve(request.result);
              transaction.onabort = () => reject(transaction.error);
            }),
        ),
      );
    } catch (cause) {
      failed = true;
      onFailure(cause);
      return undefined;
    }
  }

  async function write(act: (values: IDBObjectStore) => unknown): Promise<void> {
    await use('readwrite', (values, { commit }) => {
      act(values);
      commit();
      return undefined;
    });
  }

  return {
    get: async (key) => memory.get(key) ?? use('readonly', (values) => values.get(key)),
    async set(key, value, signal) {
      memory.set(key, value);
      await write((values) => !signal?.aborted && values.put(value, key));
    },
    async change(key, next, signal) {
      let isDone = false;
      const run = (value: unknown) => {
        if (isDone) return undefined;
        isDone = true;
        const changed = signal?.aborted ? undefined : next(value);
        memory.set(key, changed ?? value);
        return changed;
      };
      let leaveIt: (() => void) | undefined;
      // A page that is being left gets no answer any more: it goes by what it knows, if it knows anything.
      const hurry = () => {
        if (isDone || !leaveIt || memory.get(key) === undefined) return;
        leaveIt();
        const changed = run(memory.get(key));
        if (changed !== undefined) void write((values) => values.put(changed, key));
      };
      addEventListener('pagehide', hurry);
      await use('readwrite', (values, { commit, drop, fail }) => {
        leaveIt = drop;
        const request: IDBRequest<unknown> = values.get(key);
        request.onsuccess = () => {
          try {
            const changed = run(request.result);
            if (changed !== undefined) values.put(changed, key);
            commit();
          } catch (cause) {
            fail(cause);
          }
        };
        return request;
      });
      removeEventListener('pagehide', hurry);
      run(memory.get(key));
    },
    async delete(key) {
      memory.delete(key);
      await write((values) => values.delete(key));
    },
    close() {
      leave();
      removeEventListener('freeze', leave, true);
      removeEventListener('pagehide', onHide);
    },
    async erase() {
      memory.clear();
      // A tab of an older version may hold the deletion back: then nothing is in what it holds.
      if (opening) await write((values) => values.clear());
      leave();
      await withTimeout(deleteDatabase(DATABASE)).catch(onFailure);
    },
  };
}

/** Opening can hang for good, e.g. in a private window. */
function withTimeout<T>(operation: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`IndexedDB gave no answer in ${TIMEOUT_MS} ms`)),
      TIMEOUT_MS,
    );
    operation.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
