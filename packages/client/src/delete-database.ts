/** The database of the profile and of what arms are drawn from. */
export const DATABASE = 'inkling';

/** Deletes a database; where there is none nothing is left. Waits for whoever has it open, and the browser keeps others
 * from opening it meanwhile. */
export function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
}
