/** Names a browser's batch of a day: the same from every tab and on every try, so that it is counted once; and nobody who
 * has the names of two days can tell whether they are of one browser. */
export async function batchOf(unit: string, day: number): Promise<string> {
  const text = new TextEncoder().encode(`totals ${day} ${unit}`);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', text), 0, 16);
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
