import { fail } from '../onnx-error.ts';
import { type OperatorNode, type Operators, resolveIndex } from '../operator.ts';
import { type Cells, type Dims, sizeOf, type TensorType, type Value } from '../value.ts';
import { compute } from './layout.ts';
import { round } from './math.ts';
import { dataTypeOf } from './tensor-format.ts';

/** Least and largest value by type. */
const LIMITS: Readonly<Partial<Record<TensorType, readonly [number, number]>>> = {
  uint8: [0, 255],
  int8: [-128, 127],
  uint16: [0, 65_535],
  int16: [-32_768, 32_767],
};

/** For an element its index among the scales: one for all, one for each place of an axis, or one for each block of it. */
function scaleIndex(node: OperatorNode, dims: Dims, scale: Value): (i: number) => number {
  const block = node.number('block_size', 0);
  if (!block && sizeOf(scale.dims) === 1) return () => 0;
  const axis = resolveIndex(node.number('axis', 1), dims.length);
  const size = dims[axis] as number; // resolveIndex has looked
  const inner = sizeOf(dims.slice(axis + 1));
  if (!block) {
    if (scale.dims.length !== 1 || scale.dims[0] !== size)
      fail('E_SHAPE', `${size} scales`, `[${scale.dims}]`);
    return (i) => Math.floor(i / inner) % size;
  }
  const blocks = Math.ceil(size / block);
  const expected = dims.map((dim, i) => (i === axis ? blocks : dim));
  if (`${expected}` !== `${scale.dims}`) fail('E_SHAPE', `scales of [${expected}]`, `[${scale.dims}]`);
  return (i) => {
    const row = Math.floor(i / inner);
    return (Math.floor(row / size) * blocks + Math.floor((row % size) / block)) * inner + (i % inner);
  };
}

function checkZero(scale: Value, zero: Value | undefined, type: TensorType): void {
  if (zero && (zero.type !== type || sizeOf(zero.dims) !== sizeOf(scale.dims))) {
    fail('E_SHAPE', `a zero point of ${type} for each scale`);
  }
}

/** Each element with its scale and zero point. */
function byScale(
  node: OperatorNode,
  x: Value,
  scale: Value,
  zero: Value | undefined,
  type: TensorType,
  change: (v: number, scale: number, zero: number) => number,
): Value {
  const at = scaleIndex(node, x.dims, scale);
  const work = (to: Cells, from: Cells, scales: Cells, zeros?: Cells): void => {
    for (let i = 0; i < to.length; i++) {
      const j = at(i);
      to[i] = change(from[i] as number, scales[j] as number, zeros?.[j] ?? 0);
    }
  };
  // What is not there has no elements.
  return compute(node, type, x.dims, [x, scale, zero as Value], work, 2);
}

/** Rounds halves to even and stays within the limits. */
function quantize(v: number, scale: number, zero: number, [least, most]: readonly [number, number]): number {
  return Math.max(least, Math.min(most, round(Math.fround(v / scale)) + zero));
}

export const quantization: Operators = {
  QuantizeLinear: [
    2,
    '',
    (node) => {
      const given = node.number('output_dtype', 0);
      return (x, scale, zero?: Value) => {
        const type = zero?.type ?? (given ? dataTypeOf(given) : 'uint8');
        const limits = LIMITS[type] ?? fail('E_OPERATOR', `one of ${Object.keys(LIMITS)}`, type);
        if (!['float32', 'int32'].includes(x.type)) fail('E_OPERATOR', 'float32 or int32');
        checkZero(scale, zero, type);
        return byScale(node, x, scale, zero, type, (v, s, z) => quantize(v, s, z, limits));
      };
    },
  ],

  DequantizeLinear: [
    2,
    '',
    (node) => (x, scale, zero?: Value) => {
      const known = [...Object.keys(LIMITS), 'int32'];
      if (!known.includes(x.type) || scale.type !== 'float32')
        fail('E_OPERATOR', `one of ${known}, a float32 scale`);
      checkZero(scale, zero, x.type);
      return byScale(node, x, scale, zero, 'float32', (v, s, z) => (v - z) * s);
    },
  ],

  DynamicQuantizeLinear: [
    1,
    'float32',
    (node) => (x) => {
      const out = node.allocate('uint8', x.dims, 4);
      const scale = node.allocate('float32', []);
      const zero = node.allocate('uint8', []);
      node.each(() => {
        let [least, most] = [0, 0];
        for (let i = 0; i < x.data.length; i++) {
          least = Math.min(least, x.data[i] as number);
          most = Math.max(most, x.data[i] as number);
        }
        const step = least === most ? 1 : Math.fround(Math.fround(most - least) / 255);
        const shift = quantize(-least, step, 0, [0, 255]);
        scale.data[0] = step;
        zero.data[0] = shift;
        for (let i = 0; i < x.data.length; i++)
          out.data[i] = quantize(x.data[i] as number, step, shift, [0, 255]);
      });
      return [out, scale, zero];
    },
  ],
};
