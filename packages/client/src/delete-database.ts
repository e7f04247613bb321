/** The database of the profile and of what arms are drawn from. */
export const DATABASE = 'inkling';

/** Deletes the database; without one it leaves nothing. Waits for whoever has it open, and the browser keeps others from
 * opening it meanwhile. */
export function deleteDatabase(): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(DATABASE);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
}
