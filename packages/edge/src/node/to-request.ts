import type { NodeRequest } from './node-http.ts';

/** What is of this connection and not of the request (RFC 9110, 7.6.1), and what fetch answers itself. */
const OF_THE_CONNECTION =
  /^(?:connection|keep-alive|proxy-connection|proxy-authorization|te|trailer|transfer-encoding|upgrade|expect)$/;

/** The request as the web has it, its body read when it is asked for.
 * @param signal Aborted when the client goes.
 * @returns undefined where the target, the host or the method is none */
export function toRequest(incoming: NodeRequest, signal: AbortSignal): Request | undefined {
  const { method = 'GET', url = '/', headers, socket } = incoming;
  try {
    const address = new URL(`${'encrypted' in socket ? 'https' : 'http'}://${headers.host ?? 'localhost'}`);
    // A target beginning with two slashes, or a whole address, would otherwise name another host.
    if (address.pathname !== '/' || address.search || address.username || !url.startsWith('/'))
      return undefined;
    const hasBody = method !== 'GET' && method !== 'HEAD';
    const init: RequestInit & { duplex?: 'half' } = {
      method,
      headers: headersOf(incoming),
      signal,
      ...(hasBody && { body: bodyOf(incoming), duplex: 'half' }),
    };
    return new Request(`${address.origin}${url}`, init);
  } catch {
    return undefined;
  }
}

function headersOf({ rawHeaders }: NodeRequest): Headers {
  const headers = new Headers();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] as string).toLowerCase();
    if (!OF_THE_CONNECTION.test(name)) headers.append(name, rawHeaders[i + 1] as string);
  }
  return headers;
}

/** Takes one chunk at a time. What is not wanted any more runs out, so that the connection can serve another request. */
function bodyOf(incoming: NodeRequest): ReadableStream<Uint8Array> {
  let isWanted = true;
  return new ReadableStream({
    start(controller) {
      incoming.on('data', (bytes) => {
        if (!isWanted) return;
        incoming.pause();
        controller.enqueue(bytes);
      });
      incoming.on('end', () => isWanted && controller.close());
      incoming.on('error', (cause) => isWanted && controller.error(cause));
      incoming.pause();
    },
    pull: () => void incoming.resume(),
    cancel() {
      isWanted = false;
      incoming.resume();
    },
  });
}
