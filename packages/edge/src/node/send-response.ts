import type { NodeResponse } from './node-http.ts';

/** Writes a response as fast as the client takes it. Where the body breaks off, so does the connection: a page that is not
 * whole must not look so. Never rejects. */
export async function sendResponse(
  response: Response,
  outgoing: NodeResponse,
  isHead: boolean,
): Promise<void> {
  const reader = response.body?.getReader();
  try {
    outgoing.statusCode = response.status;
    outgoing.statusMessage = response.statusText;
    for (const [name, value] of response.headers) {
      if (!/^(?:connection|keep-alive|transfer-encoding)$/.test(name)) outgoing.appendHeader(name, value);
    }
    while (reader && !isHead && !outgoing.destroyed) {
      const { done, value } = await reader.read();
      if (done) break;
      if (!outgoing.write(value)) await drained(outgoing);
    }
    outgoing.end();
  } catch {
    outgoing.destroy();
  }
  // Nothing is left of a body that was read to its end.
  await reader?.cancel().catch(() => undefined);
}

/** Resolves when the client takes more, or has gone. */
function drained(outgoing: NodeResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      outgoing.off('drain', done);
      outgoing.off('close', done);
      resolve();
    };
    outgoing.on('drain', done);
    outgoing.on('close', done);
    if (outgoing.destroyed) done();
  });
}
