import { broadcast, createWalk } from './broadcast.ts';
import type { GraphNode, ValueMetadata } from './graph.ts';
import type { Kernels } from './kernels/kernels.ts';
import { leanTensorFormat } from './lean-tensor-format.ts';
import { ELEMENT_COST, LIMITS } from './limits.ts';
import { sigmoid, tanh } from './math.ts';
import { decodeModel } from './model.ts';
import { fail, within } from './onnx-error.ts';
import { resolveIndex } from './operator.ts';
import { reserve } from './reserve.ts';
import type { Feeds, Outputs, SessionOptions } from './session.ts';
import type { TypedTensor } from './tensor.ts';
import { checkedSizeOf, type Dims, sizeOf } from './value.ts';

export { openDenseKernels } from './kernels/dense-kernels.ts';

/** Floats in the memory of the kernels. */
interface Block {
  /** Where, in floats. */
  readonly at: number;
  readonly dims: Dims;
  /** A product that is not computed yet. */
  layer?: { bias: number; least: number; work(): void } | undefined;
}

/** Computes a node. `isAlone` tells whether nobody else refers to an input. */
type Operator = (inputs: readonly Block[], node: GraphNode, isAlone: (i: number) => boolean) => Block;

/** A model ready to run, and what it says of itself. */
export interface LeanProgram {
  readonly inputs: readonly ValueMetadata[];
  readonly outputs: readonly ValueMetadata[];
  readonly metadata: Readonly<Record<string, string>>;
  /** Feeds that are no inputs are not looked at. Throws as `runSync` of a session does. */
  run(feeds: Feeds): Outputs;
}

/** What `createLeanSession` makes a session of, for whoever needs no more.
 * @param kernels of this program alone: `openDenseKernels()`, or where that gives none `createJsKernels()` of
 * `@inkling/onnx/js-kernels` */
export function compileLean(
  bytes: Uint8Array,
  kernels: Kernels,
  options: Pick<SessionOptions, 'limits'> = {},
): LeanProgram {
  const limits = { ...LIMITS, ...options.limits };
  const { initializers, inputs, outputs, nodes, metadata } = within(
    () => 'model',
    () => {
      keepTo(limits.modelBytes, 'bytes', bytes.length);
      // A copy, because what is sliced from a Node Buffer shares its memory.
      return decodeModel(new Uint8Array(bytes), leanTensorFormat);
    },
  );
  keepTo(limits.nodes, 'nodes', nodes.length);
  const { memory } = kernels;
  let floats: Float32Array = new Float32Array(memory.buffer);
  let top = 0;
  let work = 0;

  /** `cost` in steps for each element. */
  const take = (dims: Dims, cost = ELEMENT_COST): Block => {
    const at = top;
    const size = checkedSizeOf(dims, limits.tensorElements);
    top += Math.ceil(size / 4) * 4;
    work += size * cost;
    keepTo(limits.arenaBytes, 'bytes', top * 4);
    keepTo(limits.maxWork, 'steps', work);
    reserve(kernels, top * 4);
    if (floats.buffer !== memory.buffer) floats = new Float32Array(memory.buffer);
    return { at, dims };
  };
  const put = (data: ArrayLike<number>, dims: Dims): Block => {
    const block = take(dims, 0);
    floats.set(data, block.at);
    return block;
  };
  const force = (block: Block): Block => {
    const { layer } = block;
    block.layer = undefined;
    layer?.work();
    return block;
  };

  const combine =
    (compute: (a: number, b: number) => number): Operator =>
    ([a, b]) => {
      const [p, q] = [force(a as Block).at, force(b as Block).at];
      const { dims, loops } = broadcast((a as Block).dims, (b as Block).dims);
      const out = take(dims);
      createWalk(loops, (i, x, y) => {
        floats[out.at + i] = compute(floats[p + x] as number, floats[q + y] as number);
      })();
      return out;
    };
  const map =
    (compute: (v: number) => number): Operator =>
    ([x]) => {
      const { at, dims } = force(x as Block);
      const out = take(dims);
      for (let i = 0; i < sizeOf(dims); i++) floats[out.at + i] = compute(floats[at + i] as number);
      return out;
    };
  const multiply = (a: Block, weights: Block): Block => {
    const { dims } = force(a);
    const [depth = 0, columns = 0] = weights.dims;
    if (dims.at(-1) !== depth) fail('E_SHAPE', 'shapes that multiply', `[${dims}] and [${weights.dims}]`);
    const out: Block = take([...dims.slice(0, -1), columns], ELEMENT_COST + depth);
    out.layer = {
      bias: zeros,
      least: -1 / 0,
      work() {
        kernels.dense(
          out.at * 4,
          a.at * 4,
          weights.at * 4,
          this.bias * 4,
          sizeOf(dims.slice(0, -1)),
          depth,
          columns,
          this.least,
        );
      },
    };
    return out;
  };
  const transpose = ({ at, dims: [height = 0, width = 0] }: Block): Block => {
    const out = take([width, height]);
    for (let i = 0; i < width * height; i++) {
      floats[out.at + i] = floats[at + (i % height) * width + Math.floor(i / height)] as number;
    }
    return out;
  };
  const add = combine((a, b) => a + b);
  const relu = map((v) => Math.max(v, 0));

  const operators: Readonly<Record<string, Operator>> = {
    MatMul: ([a, b]) => multiply(a as Block, b as Block),
    Gemm: ([a, b, c], node) => {
      const product = multiply(a as Block, b as Block);
      return c ? (operators.Add as Operator)([product, c], node, (i) => !i) : product;
    },
    Add(given, node, isAlone) {
      for (const i of [0, 1]) {
        const { layer, dims } = given[i] as Block;
        const row = given[1 - i] as Block;
        const columns = dims.at(-1);
        if (
          layer?.bias === zeros &&
          layer.least < 0 &&
          isAlone(i) &&
          row.at < base &&
          row.dims.length <= dims.length &&
          sizeOf(row.dims) === columns &&
          row.dims.at(-1) === columns
        ) {
          layer.bias = row.at;
          return given[i] as Block;
        }
      }
      return add(given, node, isAlone);
    },
    Sub: combine((a, b) => a - b),
    Mul: combine((a, b) => a * b),
    Div: combine((a, b) => a / b),
    Relu(given, node, isAlone) {
      const [x] = given as [Block];
      if (!x.layer || !isAlone(0)) return relu(given, node, isAlone);
      x.layer.least = 0;
      return x;
    },
    Sigmoid: map(sigmoid),
    Tanh: map(tanh),
    Identity: ([x], _, isAlone) => (isAlone(0) ? (x as Block) : force(x as Block)),
    Concat(given, { attributes }) {
      const blocks = given.map(force);
      const axis = resolveIndex(Number(attributes.get('axis')), (blocks[0] as Block).dims.length);
      const along = blocks.reduce((sum, { dims }) => sum + (dims[axis] as number), 0);
      const [dims, ...others] = blocks.map((x) => x.dims.map((dim, i) => (i === axis ? along : dim)));
      if (others.some((other) => `${other}` !== `${dims}`)) {
        fail('E_SHAPE', `shapes alike but for axis ${axis}`);
      }
      const out = take(dims as Dims);
      let to = out.at;
      for (let row = 0; row < sizeOf(out.dims.slice(0, axis)); row++) {
        for (const x of blocks) {
          const width = sizeOf(x.dims.slice(axis));
          const from = x.at + row * width;
          floats.copyWithin(to, from, from + width);
          to += width;
        }
      }
      return out;
    },
  };

  const uses = new Map<string, number>();
  const define = (name: string): void => {
    if (!name || uses.has(name)) fail('E_MODEL_FORMAT', 'values with names of their own', `"${name}"`);
    uses.set(name, 0);
  };
  const refer = (name: string): void => {
    const count = uses.get(name) ?? fail('E_MODEL_FORMAT', 'values of earlier nodes', `"${name}"`);
    uses.set(name, count + 1);
  };
  const constants = new Map<string, Block>();
  for (const value of initializers) {
    define(value.name);
    constants.set(value.name, put(value.data, value.dims));
  }
  for (const { name } of inputs) define(name);
  // No product is wider; nobody has written here.
  let widest = 0;
  for (const { dims } of initializers) widest = Math.max(widest, ...dims);
  const zeros = take([widest]).at;
  const steps = nodes.map((node) => {
    const { operator, inputs: names, attributes } = node;
    const placed = <T>(work: () => T): T => within(() => node.place, work);
    return placed(() => {
      const compute = Object.hasOwn(operators, operator)
        ? (operators[operator] as Operator)
        : fail('E_OPERATOR', `one of ${Object.keys(operators)}`, operator);
      const required = /^(MatMul|Gemm|Add|Sub|Mul|Div)$/.test(operator) ? 2 : 1;
      if (!names.every(Boolean) || names.length < required) {
        fail('E_MODEL_FORMAT', `${required} inputs`, `[${names}]`);
      }
      names.forEach(refer);
      const [made = ''] = node.outputs;
      define(made);
      let weights: Block | undefined;
      if (operator === 'MatMul' || operator === 'Gemm') {
        weights = constants.get(names[1] as string);
        const number = (name: string, fallback: number) => Number(attributes.get(name) ?? fallback);
        if (
          weights?.dims.length !== 2 ||
          number('alpha', 1) !== 1 ||
          number('beta', 1) !== 1 ||
          number('transA', 0)
        ) {
          fail('E_OPERATOR', 'constant weights, alpha 1, beta 1, transA 0');
        }
        if (number('transB', 0)) weights = transpose(weights as Block);
      }
      const isAlone = (i: number): boolean => uses.get(names[i] as string) === 1;
      return (values: Map<string, Block>): void =>
        placed(() => {
          const given = names.map((name) => values.get(name) as Block); // refer has looked
          if (weights) given[1] = weights;
          values.set(made, compute(given, node, isAlone));
        });
    });
  });
  for (const { name } of outputs) refer(name);
  const base = top;

  return {
    inputs,
    outputs,
    metadata,
    run(feeds) {
      top = base;
      work = 0;
      const values = new Map(constants);
      for (const input of inputs) values.set(input.name, put(...checkFeed(input, feeds[input.name])));
      for (const step of steps) step(values);
      return Object.fromEntries(
        outputs.map(({ name }): [string, TypedTensor<'float32'>] => {
          const { at, dims } = force(values.get(name) as Block);
          return [name, { type: 'float32', data: floats.slice(at, at + sizeOf(dims)), dims }];
        }),
      );
    },
  };
}

function keepTo(most: number, unit: string, found: number): void {
  if (found > most) fail('E_MODEL_LIMIT', `up to ${most} ${unit}`, found);
}

function checkFeed(
  { name, type, shape }: ValueMetadata,
  feed: Feeds[string] | undefined,
): [data: ArrayLike<number>, dims: Dims] {
  const { data, dims } = feed ?? { data: [], dims: [] };
  const cells = data as Float32Array;
  const fits =
    !shape.length || `${shape.map((dim, i) => (typeof dim === 'number' ? dim : dims[i]))}` === `${dims}`;
  if (feed?.type !== type || !fits || cells.BYTES_PER_ELEMENT !== 4 || cells.length !== checkedSizeOf(dims)) {
    fail('E_INPUT', `${name}: ${type}[${shape}]`, feed && `${cells.length} of ${feed.type}[${dims}]`);
  }
  return [cells, [...dims]];
}
