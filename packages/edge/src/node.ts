import { createEdge, type EdgeOptions } from './create-edge.ts';
import type { EdgeCache, EdgeGeo, EdgeStore } from './edge-platform.ts';
import { createMemoryCache } from './node/memory-cache.ts';
import type { NodeRequest, NodeResponse } from './node/node-http.ts';
import { proxyTo } from './node/proxy-to.ts';
import { sendResponse } from './node/send-response.ts';
import { toRequest } from './node/to-request.ts';

export { jsonLog } from './json-log.ts';
export { createMemoryCache, type MemoryCacheOptions } from './node/memory-cache.ts';
export type { NodeRequest, NodeResponse } from './node/node-http.ts';
export { type OpenMeteoOptions, openMeteo } from './open-meteo.ts';
export type { PackOptions } from './pack/pack-store.ts';

export interface NodeOptions extends Omit<EdgeOptions, 'origin'> {
  /** Answers the request as if Inkling were not there: a function, or the address of the server that does. */
  readonly origin: string | ((request: Request) => Promise<Response>);
  /** Where the visitor is, e.g. by a header of the proxy in front, or a local database. @default unknown */
  readonly geo?: ((request: Request) => EdgeGeo | undefined) | undefined;
  /** @default 16 MiB of this process's memory */
  readonly cache?: EdgeCache | undefined;
  /** Holds the release record. @default none */
  readonly store?: EdgeStore | undefined;
}

/** Handles a request of Node's HTTP server. Never rejects. */
export type NodeHandler = (incoming: NodeRequest, outgoing: NodeResponse) => Promise<void>;

/**
 * A handler for `createServer` of `node:http` or `node:https`, which does what `createEdge` says. Bodies stream both ways,
 * as fast as the slower side takes them; when the client goes, the origin's request is aborted. An origin that does not
 * answer is a 502, one whose answer breaks off a broken connection. Upgrades, such as WebSockets, are not handled.
 *
 * @throws {InklingError} `E_OPTIONS` as `createEdge`; a TypeError for an origin that is no address.
 */
export function inkling({
  origin,
  geo,
  cache = createMemoryCache(),
  store,
  ...rest
}: NodeOptions): NodeHandler {
  const edge = createEdge({ ...rest, origin: typeof origin === 'string' ? proxyTo(origin) : origin });
  return async (incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.on('close', () => outgoing.writableFinished || gone.abort());
    outgoing.on('error', () => gone.abort());
    const request = toRequest(incoming, gone.signal);
    if (!request) return refuse(outgoing, 400);
    try {
      const response = await edge(request, {
        // Asked for where its failure costs no page.
        get geo() {
          return geo?.(request);
        },
        cache,
        store,
        // The process lives on; what fails behind has been reported.
        waitUntil: (promise) => void promise.catch(() => undefined),
        now: Date.now,
        random: Math.random,
        fetch: (url, init) => fetch(url, init),
      });
      await sendResponse(response, outgoing, request.method === 'HEAD');
    } catch {
      refuse(outgoing, 502);
    }
  };
}

function refuse(outgoing: NodeResponse, status: 400 | 502): void {
  if (outgoing.destroyed) return;
  outgoing.statusCode = status;
  outgoing.appendHeader('content-type', 'text/plain; charset=utf-8');
  outgoing.appendHeader('cache-control', 'no-store');
  outgoing.end(status === 400 ? 'Bad request\n' : 'Bad gateway\n');
}
