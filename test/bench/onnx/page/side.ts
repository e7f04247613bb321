import type { Feed } from '../../../onnx/exporters/create-feeds.ts';

/** The part of the API that both sides have. */
export interface SideSession {
  run(feeds: object): Promise<Readonly<Record<string, { readonly data: ArrayLike<number> }>>>;
  /** Ours only. */
  runSync?(feeds: object): unknown;
  /** Ours only: what computes. */
  readonly backend?: string;
  release(): Promise<void>;
}

export interface SideModule {
  readonly InferenceSession: { create(model: Uint8Array, options?: object): Promise<SideSession> };
  readonly Tensor: new (type: string, data: unknown, dims: readonly number[]) => object;
}

export interface Side {
  create(model: Uint8Array, options?: object): Promise<SideSession>;
  feeds(from: readonly Feed[]): object;
}

export type SideName = 'onnx' | 'full' | 'ort';

const URLS: Readonly<Record<SideName, string>> = {
  onnx: '/ours/onnx.js',
  full: '/ours/full.js',
  ort: '/ort/ort.wasm.bundle.min.mjs',
};

/** Imports a side. `wasm` gives onnxruntime its module's bytes, which otherwise it fetches with its first session. */
export async function loadSide(name: SideName, wasm?: ArrayBuffer): Promise<Side> {
  const module: SideModule & { env?: { wasm: Record<string, unknown> } } = await import(URLS[name]);
  if (module.env) {
    Object.assign(module.env.wasm, { numThreads: 1, initTimeout: 60_000 });
    if (wasm) module.env.wasm.wasmBinary = wasm;
  }
  return sideOf(module);
}

export function sideOf(module: SideModule): Side {
  return {
    create: (model, options) => module.InferenceSession.create(model, options),
    feeds: (from) =>
      Object.fromEntries(
        from.map(({ name: input, type, data, dims }) => [input, new module.Tensor(type, data, dims)]),
      ),
  };
}

/** The numbers of the first output. */
export async function scores(session: SideSession, feeds: object): Promise<readonly number[]> {
  const [first] = Object.values(await session.run(feeds));
  return Array.from(first?.data ?? [], Number);
}
