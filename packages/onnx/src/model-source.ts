import { OnnxError } from './onnx-error.ts';

/** Bytes, or where to fetch them. */
export type ModelSource = Uint8Array | ArrayBuffer | { readonly href: string } | string;

/** As much of the Fetch API as is used. */
export type Fetch = (url: string) => Promise<{
  readonly ok: boolean;
  readonly status: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}>;

/** Declared here because the package is written for every host at once: browsers, workers, Node. */
declare const fetch: Fetch;

/** The model's bytes; `E_FETCH` when they cannot be fetched. */
export async function loadModel(source: ModelSource, get: Fetch = (url) => fetch(url)): Promise<Uint8Array> {
  const url = typeof source === 'string' ? source : (source as { readonly href?: string }).href;
  if (url === undefined) {
    // Of a buffer these are absent. A new view, because what is sliced from a Node Buffer shares its memory.
    const { buffer, byteOffset, byteLength } = source as Uint8Array;
    return new Uint8Array(buffer ?? source, byteOffset, byteLength);
  }
  const expected = 'a model';
  let found: unknown;
  try {
    const response = await get(url);
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
    found = `status ${response.status}`;
  } catch (cause) {
    found = cause;
  }
  throw new OnnxError('E_FETCH', `${url}: expected ${expected}, found ${found}`, {
    place: url,
    expected,
    found,
    cause: found,
  });
}
