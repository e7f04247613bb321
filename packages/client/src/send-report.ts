import type { TotalsReport } from '@inkling/core/totals';

/** Names a browser's batch of a day: the same from every tab and on every try, so that it is counted once; and nobody who
 * has the names of two days can tell whether they are of one browser. */
export async function batchOf(unit: string, day: number): Promise<string> {
  const text = new TextEncoder().encode(`totals ${day} ${unit}`);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', text), 0, 16);
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Posts a batch; nothing else of the visitor goes with it. Rejects where nothing answers.
 * @returns whether it need not be sent again: it was counted, or will never be */
export async function sendReport(
  url: URL,
  report: TotalsReport,
  { fetch: ask = fetch, signal }: { readonly fetch?: typeof fetch | undefined; readonly signal: AbortSignal },
): Promise<boolean> {
  const { ok, status } = await ask(url, {
    method: 'POST',
    body: JSON.stringify(report),
    headers: { 'content-type': 'application/json' },
    credentials: 'omit',
    // The collector asks for it, and for no more.
    referrerPolicy: 'origin',
    keepalive: true,
    signal,
  });
  return ok || status === 400;
}
