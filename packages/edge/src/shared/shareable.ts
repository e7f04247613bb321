import { isWritable } from '../html/write-page.ts';

/** Whether a request may be answered with a page that others get too. */
export function mayShare({ method, headers }: Request): boolean {
  return method === 'GET' && !['authorization', 'range'].some((name) => headers.has(name));
}

/** What the origin is asked for a page that others get too: nothing of it comes from the visitor but the address. */
export function anonymous({ url }: Request): Request {
  return new Request(url, { headers: { accept: 'text/html', 'accept-encoding': 'identity' } });
}

/**
 * For how long an origin's answer may be given to others, in whole seconds; 0 where it may not. As RFC 9111, 3 has it for
 * a shared cache, and stricter: only what says for how long, and never a page with a cookie, or with a nonce, which is
 * for one response alone.
 */
export function sharedSeconds(asked: Request, response: Response): number {
  const header = (name: string) => response.headers.get(name)?.toLowerCase() ?? '';
  const control = header('cache-control');
  const policy = header('content-security-policy') + header('content-security-policy-report-only');
  if (
    !isWritable(asked, response) ||
    response.headers.has('set-cookie') ||
    /\b(private|no-store|no-cache)\b/.test(control) ||
    !/^(\s*accept-encoding\s*(,|$))*$/.test(header('vary')) ||
    policy.includes("'nonce-")
  ) {
    return 0;
  }
  const [, seconds] = /\bs-maxage="?(\d{1,9})/.exec(control) ?? /\bmax-age="?(\d{1,9})/.exec(control) ?? [];
  return Math.max(0, Number(seconds ?? 0) - Number(header('age')) || 0);
}
