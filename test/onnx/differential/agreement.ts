import { InferenceSession, OnnxError, Tensor, type TensorType } from '@inkling/onnx/full';
import { InferenceSession as OracleSession, Tensor as OracleTensor } from 'onnxruntime-node';
import { buildModel, type NodeSpec } from '../model-builder.ts';

/** A tensor as plain numbers, or texts, so that a failure prints it. */
export interface Data {
  readonly type: TensorType;
  readonly dims: readonly number[];
  readonly values: readonly (number | string)[];
  /** Stored in the model instead of fed. */
  readonly isStored?: boolean;
}

/** A graph with its inputs by name. */
export interface Graph {
  readonly opset: number;
  readonly nodes: readonly NodeSpec[];
  readonly inputs: Readonly<Record<string, Data>>;
  readonly outputs: Readonly<Record<string, TensorType>>;
}

const ARRAYS = {
  float32: Float32Array,
  float64: Float64Array,
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  bool: Uint8Array,
} as const;

function cellsOf({ type, values }: Data): ArrayLike<unknown> {
  if (type === 'string') return values.map(String);
  if (type === 'int64') return BigInt64Array.from(values, (v) => BigInt(v));
  if (type === 'uint64') return BigUint64Array.from(values, (v) => BigInt(v));
  return ARRAYS[type as 'float32'].from(values as number[]);
}

/** Runs a graph in both engines.
 * @returns what differs, '' for nothing, or undefined where onnxruntime does not run it */
export async function difference({ opset, nodes, inputs, outputs }: Graph): Promise<string | undefined> {
  const entries = Object.entries(inputs);
  const isStored = (data: Data): boolean => !!data.isStored && data.type !== 'string';
  const model = buildModel({
    opset,
    domains: { 'ai.onnx.ml': nodes.some(({ op }) => op === 'TreeEnsemble') ? 5 : 3 },
    nodes: [...nodes],
    initializers: Object.fromEntries(
      entries.flatMap(([name, data]) =>
        isStored(data)
          ? [[name, { type: data.type, dims: [...data.dims], data: cellsOf(data) as Float32Array }]]
          : [],
      ),
    ),
    inputs: entries.flatMap(([name, data]) =>
      isStored(data) ? [] : [{ name, type: data.type, dims: data.dims.map((_, i) => `${name}${i}`) }],
    ),
    outputs: Object.entries(outputs).map(([name, type]) => ({ name, type })),
  });
  const fed = entries.filter(([, data]) => !isStored(data));
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
    for (const name of Object.keys(outputs)) {
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
