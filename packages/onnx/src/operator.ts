import type { Attribute } from './graph.ts';
import type { Kernels } from './kernels/kernels.ts';
import { fail } from './onnx-error.ts';
import type { Cells, Dims, TensorType, Value } from './value.ts';

/** A node while its kernel is made, and to the kernel while it runs. */
export interface OperatorNode {
  readonly opset: number;
  readonly attributes: ReadonlyMap<string, Attribute | undefined>;
  /** How many outputs the node names. */
  readonly outputs: number;
  /** A FLOAT or INT attribute. Without `fallback` it is required. */
  number(name: string, fallback?: number): number;
  /** An output, or space to work in. It holds whatever it did before, so a kernel may compute it in several passes.
   * `steps` is what an element costs besides being written, in multiply-adds. Throws `E_MODEL_LIMIT` when the run becomes
   * too expensive. It may take the place of `over`, when nobody else needs that: a kernel that passes it reads each
   * element before it writes the one at the same index. */
  allocate(type: TensorType, dims: Dims, steps?: number, over?: Value): Value;
  /** Does `work` now or, better, once all shapes are known, and again at every run with inputs of the same shapes: then
   * the kernel is not called again. `work` reads `data` of inputs and outputs inside, not before, and allocates
   * nothing. A kernel that reads an input's `data` outside `work` (for a shape, say) is called at every run. */
  each(work: () => void): void;
  /** Where the heavy work is done, and where in its memory a value is, from the next `work` on. */
  readonly kernels: Kernels;
  address(value: Value): number;
  /** Where so many bytes of its memory are free while the kernel is called, not when its `work` is done. */
  scratch(bytes: number): number;
  /** Layers whose `work` has not been done yet, by their output; not those whose output other nodes need as it is. */
  layerOf(value: Value): Layer | undefined;
  addLayer(value: Value, layer: Layer): void;
}

/** A product that the nodes after it may still change, so that they have nothing left to do. */
export interface Layer {
  /** [depth, columns]. Where it is constant, `data` may be replaced, as that of `bias`. */
  readonly weights: Value & { data: Cells };
  /** [columns], constant: zeros until one is added. */
  readonly bias: Value & { data: Cells };
  hasBias: boolean;
  /** Results are at least this; then nothing can be added any more. */
  least: number;
}

/** Tells a node's output from its inputs, which it must not change, and how to compute it; it may return one of them,
 * or `reshape` one. A node with several outputs returns them in a list. The plan has checked that the required inputs
 * are there, and their types. */
type Kernel = (...inputs: Value[]) => Value | readonly Value[];

/** `types`: all inputs are of the same type, one of these; when it is empty the kernel looks for itself. `create` makes
 * the kernel of a node, once, when the session is created: attributes are read there. */
export type Operator = readonly [required: number, types: string, create: (node: OperatorNode) => Kernel];

export type Operators = Readonly<Record<string, Operator>>;

export const FLOAT = 'float32';
export const NUMBER = 'float32, int32, int64';

/** An axis or index below `size`, counted from the front. */
export function resolveIndex(index: number, size: number): number {
  return Number.isInteger(index) && index >= -size && index < size
    ? (index + size) % size
    : fail('E_SHAPE', `an axis or index within ${size}`, index);
}
