export interface Sending {
  /** @default the global one */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Of the grant. */
  readonly signal: AbortSignal;
}

/** Posts what a visitor contributes, also from a page that goes; nothing else of the visitor goes with it. Rejects where
 * nothing answers.
 * @returns whether it need not be sent again: it was taken, or will never be */
export async function postShape(
  url: URL,
  body: object,
  { fetch: ask = fetch, signal }: Sending,
): Promise<boolean> {
  const { ok, status } = await ask(url, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
    credentials: 'omit',
    // The collector asks for it, and for no more.
    referrerPolicy: 'origin',
    keepalive: true,
    signal,
  });
  return ok || status === 400;
}
