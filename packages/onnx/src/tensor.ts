import { fail } from './onnx-error.ts';
import { ARRAYS, type Cells, checkedSizeOf, type TensorData, type TensorType, type Value } from './value.ts';

/** What `run` accepts: this package's tensor, onnxruntime's, or any object of that shape. */
export interface TensorLike {
  readonly type: string;
  readonly data: unknown;
  readonly dims: readonly number[];
}

export interface TypedTensor<T extends TensorType> {
  readonly type: T;
  /** Row by row, the last dimension fastest. */
  readonly data: TensorData[T];
  readonly dims: readonly number[];
}

/** A tensor of any type; looking at `type` tells the type of `data`. */
export type Tensor = { [T in TensorType]: TypedTensor<T> }[TensorType];

export interface TensorConstructor {
  /** Keeps `data`, it is not copied. Throws `E_INPUT` when `data` is not the array of `type` or does not fill `dims`. */
  new <T extends TensorType>(type: T, data: TensorData[T], dims: readonly number[]): TypedTensor<T>;
}

export const Tensor: TensorConstructor = class<T extends TensorType> implements TypedTensor<T> {
  declare readonly type: T;
  declare readonly data: TensorData[T];
  declare readonly dims: readonly number[];

  constructor(type: T, data: TensorData[T], dims: readonly number[]) {
    Object.assign(this, toValue({ type, data, dims }));
  }
};

/** The tensor as the engine takes it, or `E_INPUT`. */
export function toValue({ type, data, dims }: TensorLike): Value {
  const { length } = (data ?? []) as Cells;
  // Its name for itself, because an array may come from another realm.
  const name = Object.prototype.toString.call(data);
  if (name !== `[object ${ARRAYS[type as TensorType]?.name}]` || length !== checkedSizeOf(dims)) {
    fail('E_INPUT', `${Object.keys(ARRAYS)} in its array that fills dims`, `${length} of ${type}[${dims}]`);
  }
  return { type: type as TensorType, data: data as Cells, dims };
}
