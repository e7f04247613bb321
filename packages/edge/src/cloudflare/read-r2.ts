import { keyOf } from './read-kv.ts';

/** What is used of an R2 bucket that has the pack's files. */
export interface FileBucket {
  get(key: string, options: { readonly onlyIf: Headers }): Promise<FileObject | null>;
}

interface FileObject {
  /** With quotes. */
  readonly httpEtag: string;
  readonly size: number;
  /** Absent where the bucket has what the request has already. */
  readonly body?: ReadableStream<Uint8Array>;
}

/** Reads a pack's files from R2: `pack: { read: readR2(env.PACKS) }`. The key of a file is its address without the first
 * slash, e.g. `inkling/pack.json`. */
export function readR2(bucket: FileBucket): (request: Request) => Promise<Response> {
  return async ({ url, headers: onlyIf }) => {
    const object = await bucket.get(keyOf(url), { onlyIf });
    if (!object) return new Response(null, { status: 404 });
    const headers = { etag: object.httpEtag };
    if (!object.body) return new Response(null, { status: 304, headers });
    return new Response(object.body, { headers: { ...headers, 'content-length': String(object.size) } });
  };
}
