/** Whether the visitor's browser sends Global Privacy Control. Only exactly `1` means anything; of several values one is
 * enough. https://w3c.github.io/gpc/ */
export function sendsGpc(request: Request): boolean {
  return (request.headers.get('sec-gpc') ?? '').split(',').some((value) => value.trim() === '1');
}

/** The resource by which a site says that it honours the signal. */
export function gpcSupport(lastUpdate: string): Response {
  return Response.json({ gpc: true, lastUpdate }, { headers: { 'x-content-type-options': 'nosniff' } });
}
