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
    opening.onupgradeneeded = () => opening.result.createObjectStore(RECORDS);
    const database = await settled(opening);
    const request = run(database.transaction(RECORDS, mode).objectStore(RECORDS));
    // Takes effect when the transaction is done.
    database.close();
    return settled(request);
  }

  /** Asked first, because WebKit keeps an empty database even where its making was aborted. */
  async function isThere(): Promise<boolean> {
    return (await indexedDB.databases()).some(({ name }) => name === DATABASE);
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
    async erase() {
      await settled(indexedDB.deleteDatabase(DATABASE));
    },
  };
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
