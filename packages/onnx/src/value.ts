import { MAX_ELEMENTS, MAX_RANK } from './limits.ts';
import { fail } from './onnx-error.ts';

/** Element types by their arrays. Booleans are bytes, 0 or 1; a float16 is its bits. */
export interface TensorData {
  float32: Float32Array;
  uint8: Uint8Array;
  int8: Int8Array;
  uint16: Uint16Array;
  int16: Int16Array;
  int32: Int32Array;
  int64: BigInt64Array;
  string: string[];
  bool: Uint8Array;
  float16: Uint16Array;
  float64: Float64Array;
  uint32: Uint32Array;
  uint64: BigUint64Array;
}

export type TensorType = keyof TensorData;

/** The elements of an array as the engine sees them. It only moves elements whose type it does not look at, and the
 * language's operators mean the same for bigints, so 64-bit integers, and text, pass as numbers. */
export interface Cells {
  readonly length: number;
  [index: number]: number;
}

export type Dims = readonly number[];

/** A tensor inside the engine. */
export interface Value {
  readonly type: TensorType;
  readonly data: Cells;
  readonly dims: Dims;
  /** Of a value that is fed or computed; a constant has none. */
  readonly cell?: Cell;
}

/** Where the plan keeps what is fed or computed, in whatever shapes it is seen. */
export interface Cell {
  readonly type: TensorType;
  readonly length: number;
  /** The elements, which may move from run to run. Looked at while a plan is made, they tell that the plan depends on
   * them. */
  read(): Cells;
  /** Address in the arena; −1 until it has one. */
  at: number;
  /** The elements, where they are not in the arena. */
  own: Cells | undefined;
  /** Whether they depend on nothing but constants and stable inputs. */
  readonly stable: boolean;
  /** How often nodes to come, and outputs, refer to it. */
  uses: number;
}

export const ARRAYS: {
  readonly [T in TensorType]: { readonly name: string; new (length: number): TensorData[T] };
} = {
  float32: Float32Array,
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  string: Array,
  bool: Uint8Array,
  float16: Uint16Array,
  float64: Float64Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
};

/** The elements of `x` in another shape, of the same size. */
export function reshape(x: Value, dims: Dims): Value {
  return x.cell ? viewCell(x.cell, dims) : { ...x, dims };
}

export function viewCell(cell: Cell, dims: Dims): Value {
  return {
    type: cell.type,
    dims,
    cell,
    get data() {
      return cell.read();
    },
  };
}

/** Zeros, or what is stored in a buffer of whole elements, from byte `at` on. */
export function createCells(
  type: TensorType,
  ...source: [lengthOrBuffer: number | ArrayBufferLike, at?: number, length?: number]
): Cells {
  // Each constructor takes either source, and BigInt64Array passes as the others do; see Cells.
  return new ARRAYS[type](...(source as [number])) as unknown as Cells;
}

/** Converts as C does, towards zero; what C leaves undefined, NaN and infinities as 64-bit integers, is 0. */
export function convertCells(type: TensorType, from: ArrayLike<number | bigint>, to: Cells): Cells {
  for (let i = 0; i < to.length; i++) {
    const cell = from[i] as number;
    to[i] =
      type === 'bool'
        ? Number(Number(cell) !== 0)
        : !type.endsWith('int64')
          ? Number(cell)
          : typeof cell === 'bigint'
            ? cell
            : // A bigint is what these take; see Cells.
              (BigInt(cell - cell === 0 ? Math.trunc(cell) : 0) as unknown as number);
  }
  return to;
}

/** TensorProto.DataType by its number, of the types the MLP tier computes with. */
export function typeOf(code: number): TensorType {
  const types: Readonly<Record<number, TensorType>> = { 1: 'float32', 6: 'int32', 7: 'int64', 9: 'bool' };
  return types[code] ?? fail('E_MODEL_FORMAT', 'float32, int32, int64 or bool', `type ${code}`);
}

/** Product of dims. */
export function sizeOf(dims: Dims): number {
  return dims.reduce((size, dim) => size * dim, 1);
}

/** `sizeOf` dims that nobody has looked at yet. */
export function checkedSizeOf(dims: Dims, most: number = MAX_ELEMENTS): number {
  const areDims = dims.every((dim) => Number.isInteger(dim) && dim >= 0);
  if (!areDims || dims.length > MAX_RANK || sizeOf(dims.map((dim) => dim || 1)) > most) {
    fail(areDims ? 'E_MODEL_LIMIT' : 'E_SHAPE', `${MAX_RANK} dims, ${most} elements at most`, `[${dims}]`);
  }
  return sizeOf(dims);
}
