import type { TensorType } from '@inkling/onnx/full';
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

export function cellsOf({ type, values }: Data): ArrayLike<unknown> {
  if (type === 'string') return values.map(String);
  if (type === 'int64') return BigInt64Array.from(values, (v) => BigInt(v));
  if (type === 'uint64') return BigUint64Array.from(values, (v) => BigInt(v));
  return ARRAYS[type as 'float32'].from(values as number[]);
}

/** Strings are always fed. */
export function isStored({ isStored: stored, type }: Data): boolean {
  return !!stored && type !== 'string';
}

/** The model's bytes. */
export function modelOf({ opset, nodes, inputs, outputs }: Graph): Uint8Array {
  const entries = Object.entries(inputs);
  return buildModel({
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
}
