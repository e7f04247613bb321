import { InferenceSession as BaseSession, type InferenceSessionFactory } from './inference-session.ts';
import { loadModel } from './model-source.ts';
import { OnnxError } from './onnx-error.ts';
import type { InferenceSession as Session } from './session.ts';

export type InferenceSession = Session;

/** As that of `@inkling/onnx`. A model which that refuses for an operator, a type or a part of it goes to
 * `@inkling/onnx/full`, which is imported then and not before, a chunk of its own in a bundle; the model is fetched
 * once. `create` decides: what a run refuses stays refused. Rejects also with `E_FETCH` where the import fails. */
export const InferenceSession: InferenceSessionFactory = {
  async create(source, options) {
    const bytes = await loadModel(source, options?.fetch);
    try {
      return await BaseSession.create(bytes, options);
    } catch (refusal) {
      // A type that is not known looks like bytes that are no model.
      if (!/^E_(OPERATOR|MODEL_FORMAT)$/.test((refusal as OnnxError).code)) throw refusal;
    }
    const full = await importFull();
    return full.InferenceSession.create(bytes, options);
  },
};

async function importFull(): Promise<typeof import('./full.ts')> {
  try {
    return await import('./full.ts');
  } catch (cause) {
    const place = '@inkling/onnx/full';
    throw new OnnxError('E_FETCH', `${place}: ${(cause as Error).message}`, { place, cause });
  }
}
