import type { Attribute } from './graph.ts';
import { fail } from './onnx-error.ts';
import type { Dims, TensorType, Value } from './value.ts';

/** A node while its kernel is made, and to the kernel while it runs. */
export interface OperatorNode {
  readonly opset: number;
  readonly attributes: ReadonlyMap<string, Attribute | undefined>;
  /** A FLOAT or INT attribute. Without `fallback` it is required. */
  number(name: string, fallback?: number): number;
  /** The node's output. It holds whatever it did before, and the same elements are given again for the same type and
   * size, so a kernel may work in several passes over its own output. `steps` is what an element costs besides being
   * written, in multiply-adds. Throws `E_MODEL_LIMIT` when the run becomes too expensive. */
  allocate(type: TensorType, dims: Dims, steps?: number): Value;
}

/** Computes a node's output from its inputs, which it must not change; it may return one of them, or its elements in
 * another shape. The plan has checked that the required inputs are there, and their types. */
type Kernel = (...inputs: Value[]) => Value;

/** `types`: all inputs are of the same type, one of these; when it is empty the kernel looks for itself. `create` makes
 * the kernel of a node, once, when the session is created: attributes are read there. */
type Operator = readonly [required: number, types: string, create: (node: OperatorNode) => Kernel];

export type Operators = Readonly<Record<string, Operator>>;

export const FLOAT = 'float32';
export const NUMBER = 'float32, int32, int64';

/** An axis or index below `size`, counted from the front. */
export function resolveIndex(index: number, size: number): number {
  return Number.isInteger(index) && index >= -size && index < size
    ? (index + size) % size
    : fail('E_SHAPE', `an axis or index within ${size}`, index);
}
