import { InferenceSession, OnnxError, type TensorLike } from '@inkling/onnx/full';
import { decode, difference, readArchive } from './conformance-archive.ts';

export interface ConformanceResult {
  readonly passed: readonly string[];
  /** Name and what the error says. */
  readonly refused: Readonly<Record<string, string>>;
  /** Name and what is wrong. */
  readonly wrong: Readonly<Record<string, string>>;
}

/** Runs every ONNX node test with `@inkling/onnx/full`. */
export async function runConformance(): Promise<ConformanceResult> {
  const passed: string[] = [];
  const refused: Record<string, string> = {};
  const wrong: Record<string, string> = {};
  for (const [name, files] of readArchive()) {
    try {
      const session = await InferenceSession.create(files.get('model.onnx') as Uint8Array);
      const feeds: Record<string, TensorLike> = {};
      for (const [i, input] of session.inputNames.entries()) {
        feeds[input] = await decode(files.get(`test_data_set_0/input_${i}.pb`) as Uint8Array);
      }
      const outputs = session.runSync(feeds);
      const faults: string[] = [];
      for (const [i, output] of session.outputNames.entries()) {
        const expected = await decode(files.get(`test_data_set_0/output_${i}.pb`) as Uint8Array);
        faults.push(difference(outputs[output], expected));
      }
      if (faults.some(Boolean)) wrong[name] = faults.join('; ');
      else passed.push(name);
    } catch (error) {
      if (error instanceof OnnxError) refused[name] = error.message;
      else wrong[name] = String((error as Error).stack);
    }
  }
  return { passed, refused, wrong };
}
