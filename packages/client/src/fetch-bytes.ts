import { type Gate, refuse } from '@inkling/core';

export interface FetchPort {
  readonly gate: Gate;
  /** @default the global one */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** A file of the pack, empty where the gate refuses. Nothing goes with the request: no credentials, and no query.
 * @throws InklingError E_PACK_FETCH */
export async function fetchBytes(
  url: URL,
  { gate, fetch: ask = fetch }: FetchPort,
): Promise<Uint8Array<ArrayBuffer>> {
  const body = gate
    .pass('pack', () => ask(url, { credentials: 'omit' }), [...url.searchParams.keys()])
    ?.then((response) => (response.ok ? response.arrayBuffer() : Promise.reject(`status ${response.status}`)))
    .catch((cause: unknown) => refuse('E_PACK_FETCH', url.href, 'a file', cause, cause));
  return new Uint8Array((await body) ?? []);
}
