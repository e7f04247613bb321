import type { TensorType } from '../value.ts';

// Lists for `Operator`'s `types`. Where there is a `uint…` there is its `int…`, since the plan looks for a part of text.
export const FLOATS = 'float32, float64';
export const SIGNED: string = `${FLOATS}, int8, int16, int32, int64`;
export const NUMBERS: string = `${SIGNED}, uint8, uint16, uint32, uint64`;
export const PLAIN: string = `${NUMBERS}, bool`;

export function isFloat(type: TensorType): boolean {
  return type.startsWith('float');
}

/** Whether elements are bigints, which pass as numbers; see Cells. */
export function isWide(type: TensorType): boolean {
  return type.endsWith('int64');
}

/** A whole number as an element of this type. */
export function cellOf(type: TensorType, whole: number): number {
  return isWide(type)
    ? (BigInt(whole) as unknown as number)
    : type === 'string'
      ? ('' as unknown as number)
      : whole;
}
