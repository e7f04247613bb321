import type { TensorType } from '@inkling/onnx/full';
import fc from 'fast-check';
import type { Data } from './graph-model.ts';

const sizeOf = (dims: readonly number[]): number => dims.reduce((a, b) => a * b, 1);

export const FLOATS: readonly TensorType[] = ['float32', 'float32', 'float32', 'float64'];
export const SOME: readonly TensorType[] = ['float32', 'float32', 'float64', 'int32', 'int64'];
export const ALL: readonly TensorType[] = [...SOME, 'int8', 'uint8', 'int16', 'uint16', 'uint32', 'uint64'];

export const dimsOf = (least = 0, most = 4): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: 1, max: 4 }), { minLength: least, maxLength: most });

/** Elements of a type; floats are quarters, which no order of additions rounds. */
export function cell(type: TensorType, least = -16, most = 16): fc.Arbitrary<number | string> {
  if (type === 'string') return fc.constantFrom('a', 'b', 'c', '');
  if (type === 'bool') return fc.integer({ min: 0, max: 1 });
  const low = type.startsWith('u') ? Math.max(0, least) : least;
  const whole = fc.integer({ min: low, max: most });
  return type.startsWith('float') ? whole.map((v) => v / 4) : whole;
}

/** A tensor of a shape. */
export function data(
  type: TensorType,
  dims: readonly number[],
  [least, most]: readonly [number, number] = [-16, 16],
): fc.Arbitrary<Data> {
  const size = sizeOf(dims);
  return fc.record({
    type: fc.constant(type),
    dims: fc.constant(dims),
    values: fc.array(cell(type, least, most), { minLength: size, maxLength: size }),
    isStored: fc.boolean(),
  });
}

/** Numbers that say a shape, an axis, an index. */
export function wholes(
  values: readonly number[],
  type: TensorType = 'int64',
  dims = [values.length],
): fc.Arbitrary<Data> {
  return fc.record({
    type: fc.constant(type),
    dims: fc.constant(dims),
    values: fc.constant(values),
    isStored: fc.boolean(),
  });
}

/** Shapes that broadcast to the first one, and that one. */
export function broadcastShapes(count: number): fc.Arbitrary<number[][]> {
  return dimsOf(0, 4).chain((dims) =>
    fc
      .array(
        fc.record({
          drop: fc.integer({ min: 0, max: dims.length }),
          ones: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
        }),
        { minLength: count, maxLength: count },
      )
      .map((shapes) => shapes.map(({ drop, ones }) => dims.map((dim, i) => (ones[i] ? 1 : dim)).slice(drop))),
  );
}

export const axisOf = (rank: number): fc.Arbitrary<number> => fc.integer({ min: -rank, max: rank - 1 });
