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

/** Keeps records in IndexedDB. Opens the database for each operation and closes it after, so that no tab holds a deletion
 * by another one back. Rejects where the browser does. */
export function createRecordStore(): RecordStore {
  async function use<T>(
    mode: IDBTransactionMode,
    run: (records: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(RECORDS, { keyPath: 'dct:identifier' });
    const database = await settled(opening);
    try {
      return await settled(run(database.transaction(RECORDS, mode).objectStore(RECORDS)));
    } finally {
      database.close();
    }
  }
  return {
    all: () => use('readonly', (records) => records.getAll()),
    async put(record) {
      await use('readwrite', (records) => records.put(record));
    },
    async delete(id) {
      await use('readwrite', (records) => records.delete(id));
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
