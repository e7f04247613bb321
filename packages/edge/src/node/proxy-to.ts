/** Asks another server for the same path. Pages are asked for unencoded, so that they can be written to; what comes
 * encoded all the same has been decoded by fetch, and no longer says that it is.
 * @param base Its address, e.g. `http://127.0.0.1:3000`. */
export function proxyTo(base: string): (request: Request) => Promise<Response> {
  const { origin } = new URL(base);
  return async (request) => {
    const { pathname, search, host, protocol } = new URL(request.url);
    const headers = new Headers(request.headers);
    headers.delete('host');
    headers.set('x-forwarded-host', host);
    headers.set('x-forwarded-proto', protocol.slice(0, -1));
    headers.set('accept-encoding', 'identity');
    const { method, body, signal } = request;
    const init: RequestInit & { duplex?: 'half' } = {
      ...{ method, headers, signal, redirect: 'manual' },
      ...(body && { body, duplex: 'half' }),
    };
    const response = await fetch(`${origin}${pathname}${search}`, init);
    if (!response.headers.has('content-encoding') || method === 'HEAD') return response;
    const decoded = new Response(response.body, response);
    for (const name of ['content-encoding', 'content-length']) decoded.headers.delete(name);
    return decoded;
  };
}
