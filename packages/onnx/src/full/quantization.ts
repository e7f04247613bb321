import { fail } from '../onnx-error.ts';
import { type OperatorNode, type Operators, resolveIndex } from '../operator.ts';
import { type Cells, sizeOf, type TensorType, type Value } from '../value.ts';
import { compute, pick, stridesOf, table } from './layout.ts';
import { round } from './math.ts';
import { dataTypeOf } from './tensor-format.ts';

/** Least and largest value by type. */
const LIMITS: Readonly<Partial<Record<TensorType, readonly [number, number]>>> = {
  uint8: [0, 255],
  int8: [-128, 127],
  uint16: [0, 65_535],
  int16: [-32_768, 32_767],
};

/** A scale or zero point for each element, of those there are: one for all, one for each place of an axis, or one for
 * each block of it. */
function spread(node: OperatorNode, { dims }: Value, scales: Value): Value {
  const block = node.number('block_size', 0);
  const isOne = !block && sizeOf(scales.dims) === 1;
  const axis = isOne ? 0 : resolveIndex(node.number('axis', 1), dims.length);
  const strides = stridesOf(scales.dims);
  const expected = dims
    .map((dim, i) => (i === axis ? Math.ceil(dim / (block || 1)) : dim))
    .filter((_, i) => block || i === axis);
  if (!isOne && `${expected}` !== `${scales.dims}`) {
    fail('E_SHAPE', `scales of [${expected}]`, `[${scales.dims}]`);
  }
  const stepOf = (i: number): number => (isOne ? 0 : block ? (strides[i] as number) : Number(i === axis));
  return pick(
    node,
    scales,
    dims.map((dim, i) =>
      table(dim, 1).map((at) => (i === axis && block ? Math.floor(at / block) : at) * stepOf(i)),
    ),
  );
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
  const [scales, zeros] = [scale, zero].map((given) => given && spread(node, x, given));
  const work = (to: Cells, from: Cells, scales: Cells, zeros?: Cells): void => {
    for (let i = 0; i < to.length; i++)
      to[i] = change(from[i] as number, scales[i] as number, zeros?.[i] ?? 0);
  };
  // What is not there has no elements.
  return compute(node, type, x.dims, [x, scales, zeros] as Value[], work, 2);
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
