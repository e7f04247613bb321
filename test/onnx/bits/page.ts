import { InferenceSession, Tensor } from '@inkling/onnx';
import { bitsOf } from './bits-of.ts';

// One page for all engines: the models come from the server, the answer is where the engines look for it.
const task = async () => {
  const models = await (await fetch('/models.json')).json();
  const engine = { InferenceSession, Tensor };
  return [await bitsOf(engine, models), await bitsOf(engine, models, { backend: 'js' })];
};
Object.assign(window, { result: task().catch((error) => String(error?.stack ?? error)) });
