import { InferenceSession, Tensor } from '@inkling/onnx';
import type { BitModel } from './bit-models.ts';
import { bitsOf } from './bits-of.ts';

/** Answers models with their bits, by whatever the Worker computes with and by the twin. */
export async function answer(request: Request): Promise<Response> {
  const models = (await request.json()) as readonly BitModel[];
  const engine = { InferenceSession, Tensor };
  return Response.json([await bitsOf(engine, models), await bitsOf(engine, models, { backend: 'js' })]);
}
