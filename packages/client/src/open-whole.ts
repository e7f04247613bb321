import { InferenceSession, type OnnxError } from '@inkling/onnx/full';
import { createStepDecider } from './decide-in-steps.ts';
import type { Engine, EngineSource } from './engine.ts';

/** The engine with all operators. For a model that has others, onnxruntime-web takes its place where the site has it: when
 * the page is idle, and not before; until then there is no engine.
 * @throws OnnxError */
export async function openWhole(model: Uint8Array, { ort }: EngineSource): Promise<Engine> {
  try {
    const { metadata, runSync } = await InferenceSession.create(model);
    return { metadata, run: runSync, createStepDecider };
  } catch (cause) {
    if (ort?.address && (cause as OnnxError).code === 'E_OPERATOR') {
      const { address, report, retry } = ort;
      report('ort_waits', 'pack', 'The model needs onnxruntime-web, which is loaded when the page is idle.');
      whenIdle(() => retry(async (bytes) => (await import('./open-ort.ts')).openOrt(bytes, address)));
    }
    throw cause;
  }
}

/** Not in every browser: https://w3c.github.io/requestidlecallback/ */
function whenIdle(run: () => void): void {
  const wait = () => (globalThis.requestIdleCallback ?? setTimeout)(run);
  if (document.readyState === 'complete') wait();
  else addEventListener('load', wait, { once: true });
}
