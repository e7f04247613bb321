import type { InferenceSession as Session, Tensor as TensorClass } from '@inkling/onnx';
import type { BitModel } from './bit-models.ts';

export interface Engine {
  readonly InferenceSession: typeof Session;
  readonly Tensor: typeof TensorClass;
}

/** What computed, and for each model a hash of the bits of its output (FNV-1a over 32-bit words). */
export interface Bits {
  readonly backend: string;
  readonly hashes: readonly string[];
}

/** Runs every model twice, since a warm run may take another path than the first. */
export async function bitsOf(
  { InferenceSession, Tensor }: Engine,
  models: readonly BitModel[],
  options?: { readonly backend?: 'js' },
): Promise<Bits> {
  let backend = '';
  const hashes: string[] = [];
  for (const { model, rows, columns, features } of models) {
    const bytes = Uint8Array.from(atob(model), (char) => char.charCodeAt(0));
    const session = await InferenceSession.create(bytes, options);
    const feeds = { x: new Tensor('float32', Float32Array.from(features), [rows, columns]) };
    const [first, second] = [session.runSync(feeds), session.runSync(feeds)].map(({ y }) =>
      hash(y?.data as Float32Array),
    );
    hashes.push(first === second ? (first ?? '') : `${first} then ${second}`);
    backend = session.backend;
    await session.release();
  }
  return { backend, hashes };
}

function hash(data: Float32Array): string {
  let h = 0x811c9dc5;
  for (const word of new Uint32Array(data.slice().buffer)) h = Math.imul(h ^ word, 0x01000193);
  return (h >>> 0).toString(16).padStart(8, '0');
}
