import { refuse } from '@inkling/core';
import { createOrtSession } from '@inkling/onnx/ort-session';
import { createStepDecider } from './decide-in-steps.ts';
import type { Engine } from './engine.ts';

/** A model in onnxruntime-web, which is loaded from the site itself and finds its `.wasm` beside its script. It answers
 * later, so that only decisions in steps can ask it.
 * @throws InklingError E_OPTIONS for an address of another origin; OnnxError E_PEER */
export async function openOrt(model: Uint8Array, address: string | URL): Promise<Engine> {
  const url = new URL(address, document.baseURI);
  if (url.origin !== location.origin) refuse('E_OPTIONS', 'ort', `an address of ${location.origin}`, url);
  const { metadata, run } = await createOrtSession(model, {
    // A bundler is not to look for it.
    load: () => import(/* webpackIgnore: true */ /* @vite-ignore */ url.href),
  });
  return {
    metadata,
    createStepDecider,
    run: (feeds) => ({ score: { data: run(feeds).then(({ score }) => score?.data ?? []) } }),
  };
}
