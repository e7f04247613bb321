import { InferenceSession, OnnxError, Tensor } from '@inkling/onnx/full';
import { InferenceSession as OracleSession, Tensor as OracleTensor } from 'onnxruntime-node';
import { cellsOf, type Graph, isStored, modelOf } from './graph-model.ts';

/** Runs a graph in both engines.
 * @returns what differs, '' for nothing, or undefined where onnxruntime does not run it */
export async function difference(graph: Graph): Promise<string | undefined> {
  const model = modelOf(graph);
  const fed = Object.entries(graph.inputs).filter(([, data]) => !isStored(data));
  let expected: Awaited<ReturnType<OracleSession['run']>>;
  try {
    const theirs = await OracleSession.create(model, { logSeverityLevel: 4, intraOpNumThreads: 1 });
    try {
      expected = await theirs.run(
        Object.fromEntries(
          fed.map(([name, data]) => [
            name,
            new OracleTensor(data.type, cellsOf(data) as Float32Array, [...data.dims]),
          ]),
        ) as Record<string, OracleTensor>,
      );
    } finally {
      await theirs.release();
    }
  } catch {
    return undefined;
  }
  try {
    const session = await InferenceSession.create(model);
    const feeds = Object.fromEntries(
      fed.map(([name, data]) => [
        name,
        new Tensor(data.type as 'float32', cellsOf(data) as Float32Array, [...data.dims]),
      ]),
    );
    const first = session.runSync(feeds);
    const found = session.runSync(feeds);
    for (const name of Object.keys(graph.outputs)) {
      const theirs = expected[name] as OracleTensor;
      for (const ours of [first[name] as Tensor, found[name] as Tensor]) {
        const wrong = compare(ours, theirs);
        if (wrong) return `${name}: ${wrong}`;
      }
    }
    return '';
  } catch (error) {
    return error instanceof OnnxError ? `refused: ${error.message}` : `${(error as Error).stack}`;
  }
}

function compare(found: Tensor, expected: OracleTensor): string {
  if (found.type !== expected.type || `${found.dims}` !== `${expected.dims}`) {
    return `${found.type}[${found.dims}] instead of ${expected.type}[${expected.dims}]`;
  }
  const [ours, theirs] = [
    Array.from(found.data as ArrayLike<unknown>),
    Array.from(expected.data as ArrayLike<unknown>),
  ];
  const at = ours.findIndex((a, i) => {
    const b = theirs[i];
    if (typeof a !== 'number' || typeof b !== 'number' || !found.type.startsWith('float')) return a !== b;
    return !(a === b || (Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) <= 5e-6 + 5e-5 * Math.abs(b));
  });
  return at < 0 ? '' : `${ours[at]} instead of ${theirs[at]} at ${at}`;
}
