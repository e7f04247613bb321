import { fail } from '../onnx-error.ts';
import { type Operators, resolveIndex } from '../operator.ts';
import { type Dims, sizeOf, type Value } from '../value.ts';

export const concat: Operators = {
  Concat: [
    1,
    'float32, int32, int64, bool',
    (node) => {
      const given = node.number('axis');
      return (...inputs) => {
        const [first] = inputs as [Value]; // the plan has looked
        const axis = resolveIndex(given, first.dims.length);
        const except = (dims?: Dims): Dims | undefined => dims?.map((dim, i) => (i === axis ? 0 : dim));
        const dims = [...first.dims];
        dims[axis] = 0;
        for (const x of inputs) {
          if (`${except(x?.dims)}` !== `${except(dims)}`) {
            fail('E_SHAPE', `shapes alike but for axis ${axis}`);
          }
          dims[axis] += x.dims[axis] as number;
        }
        const out = node.allocate(first.type, dims);
        const stride = sizeOf(dims.slice(axis));
        node.each(() => {
          const to = out.data;
          let start = 0;
          for (const x of inputs) {
            const from = x.data;
            const width = sizeOf(x.dims.slice(axis));
            for (let at = 0, end = start; at < from.length; end += stride) {
              for (let i = 0; i < width; i++) to[end + i] = from[at++] as number;
            }
            start += width;
          }
        });
        return out;
      };
    },
  ],
};
