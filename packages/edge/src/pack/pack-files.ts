import type { EdgePlatform } from '../edge-platform.ts';
import type { Release } from '../release/release.ts';
import type { Report } from '../report.ts';
import type { PackOptions } from './pack-store.ts';

/** The pack's files as browsers ask for them. */
export interface PackFiles {
  /** The file that a request is for; undefined where it is for none, or where it cannot be had. Never rejects.
   * @param url Of the request. */
  serve(request: Request, url: URL, platform: EdgePlatform, release: Release): Promise<Response | undefined>;
}

const MANIFEST = /^pack\.json(?:\.sig)?$/;
/** `ranker-3f9a….onnx`: the name changes with the content. */
const HASHED = /^[\w.-]*-[0-9a-f]{8,}\.\w+$/;
const MANIFEST_SECONDS = 60;

/** Serves pack.json as it is released, its signature, and what has its hash in its name. */
export function createPackFiles(
  { folder = '/inkling/', read }: PackOptions,
  origin: (request: Request) => Promise<Response>,
  report: Report,
): PackFiles {
  const path = new URL(folder, 'https://any.invalid/').pathname;

  /** The origin has its own answer for what is not there. */
  async function find(url: URL): Promise<Response | undefined> {
    const file = await (read ?? origin)(new Request(url));
    if (isFile(file)) return file;
    await file.body?.cancel();
    return undefined;
  }

  async function manifest(request: Request, url: URL): Promise<Response | undefined> {
    const file = await find(url);
    if (!file) return undefined;
    const body = await file.arrayBuffer();
    const etag = file.headers.get('etag') ?? `"${await hashOf(body)}"`;
    const headers = headersOf(url, `public, max-age=${MANIFEST_SECONDS}`);
    headers.set('etag', etag);
    const known = request.headers.get('if-none-match')?.split(/\s*,\s*(?:W\/)?/) ?? [];
    const isKnown = known.some((value) => value.replace(/^W\//, '') === etag.replace(/^W\//, ''));
    if (isKnown) return new Response(null, { status: 304, headers });
    return new Response(request.method === 'HEAD' ? null : body, { headers });
  }

  async function asset(request: Request, url: URL): Promise<Response | undefined> {
    const file = await find(url);
    if (!file) return undefined;
    const headers = headersOf(url, 'public, max-age=31536000, immutable');
    const length = file.headers.get('content-length');
    if (length) headers.set('content-length', length);
    if (request.method === 'GET') return new Response(file.body, { headers });
    await file.body?.cancel();
    return new Response(null, { headers });
  }

  return {
    async serve(request, url, platform, { stable }) {
      if (!url.pathname.startsWith(path) || !/^(?:GET|HEAD)$/.test(request.method)) return undefined;
      const name = url.pathname.slice(path.length);
      const base = new URL(path, url);
      try {
        if (HASHED.test(name)) return await asset(request, new URL(name, base));
        if (!MANIFEST.test(name)) return undefined;
        return await manifest(request, new URL(stable === undefined ? name : `${stable}/${name}`, base));
      } catch (cause) {
        report('pack_file', 'A file of the pack could not be served.', platform, cause);
        return undefined;
      }
    },
  };
}

/** Not an error, nor the page that a site may have in the place of any file that is missing. */
function isFile(response: Response): boolean {
  return response.ok && !/^text\/html\b/i.test(response.headers.get('content-type') ?? '');
}

function headersOf({ pathname }: URL, control: string): Headers {
  const type = /\.(?:json|sig)$/.test(pathname) ? 'application/json' : 'application/octet-stream';
  return new Headers({
    ...{ 'cache-control': control, 'content-type': type, 'x-content-type-options': 'nosniff' },
  });
}

async function hashOf(bytes: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
