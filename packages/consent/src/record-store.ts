import type { ConsentRecord } from './consent-record.ts';

/** Where records are kept, apart from everything else. */
export interface RecordStore {
  /** All records, in any order. */
  all(): Promise<readonly ConsentRecord[]>;
  put(record: ConsentRecord): Promise<void>;
  delete(id: string): Promise<void>;
  /** Removes everything, the database included. */
  erase(): Promise<void>;
}

const DATABASE = 'inkling-receipts';
const RECORDS = 'records';

/** Keeps records in IndexedDB, in a database that the first record makes: to look for records leaves nothing. It is
 * opened for each operation and closed after, so that no tab holds a deletion by another one back. Rejects where the
 * browser does. */
export function createRecordStore(): RecordStore {
  async function use<T>(
    mode: IDBTransactionMode,
    run: (records: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> {
    const opening = indexedDB.open(DATABASE, 1);
    let isMade = false;
    opening.onupgradeneeded = () => {
      isMade = true;
      opening.result.createObjectStore(RECORDS);
    };
    const database = await settled(opening);
    const transaction = database.transaction(RECORDS, mode);
    const request = run(transaction.objectStore(RECORDS));
    try {
      // What a request has done can still be undone until then.
      await committed(transaction);
    } finally {
      database.close();
    }
    // Another tab has erased all since it was asked for.
    if (isMade && mode === 'readonly') await erase();
    return request.result;
  }

  /** Asked first, because WebKit keeps an empty database even where its making was aborted. */
  async function isThere(): Promise<boolean> {
    return (await indexedDB.databases()).some(({ name }) => name === DATABASE);
  }

  async function erase(): Promise<void> {
    await settled(indexedDB.deleteDatabase(DATABASE));
  }

  return {
    all: async () =>
      (await isThere()) ? use<ConsentRecord[]>('readonly', (records) => records.getAll()) : [],
    async put(record) {
      await use('readwrite', (records) => records.put(record, record['dct:identifier']));
    },
    async delete(id) {
      if (await isThere()) await use('readwrite', (records) => records.delete(id));
    },
    erase,
  };
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}
