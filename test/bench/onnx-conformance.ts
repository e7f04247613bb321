import { absence } from '../onnx/conformance-archive.ts';
import { runConformance } from '../onnx/conformance-full.ts';
import type { Bench } from './bench.ts';

/** How many of ONNX's own node tests `@inkling/onnx/full` passes, refuses with an `OnnxError`, and gets wrong. */
export const bench: Bench = async () => {
  if (absence) throw new Error(absence);
  const { passed, refused, wrong } = await runConformance();
  const row = (metric: string, value: number) => ({ case: 'ONNX node tests', metric, value, unit: 'cases' });
  return [
    row('passed', passed.length),
    row('refused', Object.keys(refused).length),
    row('wrong', Object.keys(wrong).length),
  ];
};
