/** What is used of a Workers KV namespace that has the pack's files. */
export interface FileNamespace {
  get(key: string, type: 'arrayBuffer'): Promise<ArrayBuffer | null>;
}

/** Reads a pack's files from Workers KV: `pack: { read: readKv(env.PACKS) }`. The key of a file is its address without
 * the first slash, e.g. `inkling/pack.json`. */
export function readKv(namespace: FileNamespace): (request: Request) => Promise<Response> {
  return async ({ url }) => {
    const bytes = await namespace.get(keyOf(url), 'arrayBuffer');
    return new Response(bytes, { status: bytes ? 200 : 404 });
  };
}

/** As Workers KV and R2 have it. */
export function keyOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1));
}
