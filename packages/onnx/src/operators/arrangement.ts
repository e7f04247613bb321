import { fail } from '../onnx-error.ts';
import { type OperatorNode, type Operators, resolveIndex } from '../operator.ts';
import { type Cells, checkedSizeOf, type Dims, reshape, sizeOf, type Value } from '../value.ts';

/** Operators that give the same elements another shape. */
export const arrangement: Operators = {
  Identity: [1, '', () => (x) => x],

  // A dim of 0 keeps what the input has there, unless `allowzero`; one of -1 takes what is left.
  Reshape: [
    2,
    '',
    (node) => {
      const allowZero = node.number('allowzero', 0);
      return (x, shape) => {
        const dims = Array.from(shape.data, Number).map((dim, i) =>
          dim || allowZero ? dim : (x.dims[i] ?? Number.NaN),
        );
        const open = dims.indexOf(-1);
        if (open >= 0) dims[open] = -sizeOf(x.dims) / sizeOf(dims);
        return arrange(x, dims);
      };
    },
  ],

  Flatten: [
    1,
    '',
    (node) => {
      const given = node.number('axis', 1);
      return (x) => {
        const rank = x.dims.length;
        // The axis counts gaps, of which there is one more than dims.
        const axis = given === rank ? rank : resolveIndex(given, rank);
        return arrange(x, [sizeOf(x.dims.slice(0, axis)), sizeOf(x.dims.slice(axis))]);
      };
    },
  ],

  Squeeze: [
    1,
    '',
    (node) => (x, given?: Value) => {
      const axes = axesOf(node, given)?.map((axis) => resolveIndex(axis, x.dims.length));
      return arrange(
        x,
        x.dims.filter((dim, i) => (axes ? !axes.includes(i) : dim !== 1)),
      );
    },
  ],

  Unsqueeze: [
    1,
    '',
    (node) => (x, given?: Value) => {
      const axes = axesOf(node, given) ?? [];
      const rank = x.dims.length + axes.length;
      const dims: number[] = [];
      for (const axis of axes) dims[resolveIndex(axis, rank)] = 1;
      // An axis named twice leaves a place that no dim fills.
      for (let i = 0, next = 0; i < rank; i++) dims[i] ??= x.dims[next++] ?? Number.NaN;
      return arrange(x, dims);
    },
  ],
};

/** An input since opset 13, an attribute before. */
function axesOf(node: OperatorNode, given: Value | undefined): Dims | undefined {
  const axes = given ? given.data : node.attributes.get('axes');
  return axes === undefined ? axes : Array.from(axes as Cells, Number);
}

function arrange(x: Value, dims: Dims): Value {
  if (checkedSizeOf(dims) !== sizeOf(x.dims)) {
    fail('E_SHAPE', `dims for ${sizeOf(x.dims)} elements`, `[${dims}]`);
  }
  return reshape(x, dims);
}
