import type { ValueMetadata } from './graph.ts';
import { createJsKernels } from './kernels/js-kernels.ts';
import type { Kernels } from './kernels/kernels.ts';
import { LIMITS, type Limits } from './limits.ts';
import { decodeModel } from './model.ts';
import { fail, within } from './onnx-error.ts';
import type { Operators } from './operator.ts';
import { createPlanner, type Plan } from './plan.ts';
import { Tensor, type TensorLike, toValue } from './tensor.ts';
import type { TensorFormat } from './tensor-proto.ts';
import type { Cell, Cells, Value } from './value.ts';

/** Input tensors by name. */
export type Feeds = Readonly<Record<string, TensorLike>>;

/** Output tensors by name. They belong to the caller; no later run changes them. */
export type Outputs = Readonly<Record<string, Tensor>>;

/** A model ready to run. It keeps its buffers between runs, stores nothing and sends nothing. */
export interface InferenceSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly inputMetadata: readonly ValueMetadata[];
  readonly outputMetadata: readonly ValueMetadata[];
  /** The model's `metadata_props`. */
  readonly metadata: Readonly<Record<string, string>>;
  /** What computes; the results are the same. */
  readonly backend: 'wasm' | 'js';
  /** Rejects with `E_INPUT` when the feeds are not what `inputMetadata` says, `E_SHAPE` or `E_MODEL_LIMIT` when the
   * graph cannot take them, `E_RELEASED` after `release()`. */
  run(feeds: Feeds): Promise<Outputs>;
  /** `run` without a promise; throws what `run` rejects with. */
  runSync(feeds: Feeds): Outputs;
  /** Lets go of the model and its buffers. */
  release(): Promise<void>;
}

/** What a model is run with. */
export interface SessionOptions {
  /** `js` does without WebAssembly and does not try it, which a content security policy may report.
   * @default 'wasm', and `js` where that is refused */
  readonly backend?: 'wasm' | 'js' | undefined;
  /** Inputs that are often fed again with the same `data`. What depends on them alone is computed once and kept until
   * another array comes; so change the array, not its elements. @default none */
  readonly stable?: readonly string[] | undefined;
  readonly limits?: Partial<Limits> | undefined;
}

/** Most sets of input shapes whose plans are kept. */
const MAX_PLANS = 8;

export function createSession(
  bytes: Uint8Array,
  operators: Operators,
  format: TensorFormat,
  { stable = [], ...options }: SessionOptions = {},
  openKernels?: () => Kernels | undefined,
  hint = '',
): InferenceSession {
  const limits = { ...LIMITS, ...options.limits };
  const model = within(
    () => 'model',
    () =>
      bytes.length > limits.modelBytes
        ? fail('E_MODEL_LIMIT', `up to ${limits.modelBytes} bytes`, bytes.length)
        : decodeModel(bytes, format),
  );
  const { inputs, outputs, metadata } = model;
  const kernels = (options.backend !== 'js' && openKernels?.()) || createJsKernels();
  let makePlan: ReturnType<typeof createPlanner> | undefined = createPlanner(
    model,
    operators,
    kernels,
    limits,
    stable,
    hint,
  );
  let plans: Plan[] = [];
  const inputNames = inputs.map(({ name }) => name);
  const outputNames = outputs.map(({ name }) => name);
  const checkName = (name: string): void => {
    if (!inputNames.includes(name)) fail('E_INPUT', `one of ${inputNames}`, name);
  };
  stable.forEach(checkName);

  const runSync = (feeds: Feeds): Outputs => {
    if (!makePlan) fail('E_RELEASED', 'no run after release()');
    for (const name in feeds) checkName(name);
    let plan = plans.find(({ inputs }) =>
      inputs.every((value, i) => isLike(value, feeds[inputNames[i] as string])),
    );
    if (plan) {
      let changed = false;
      plan.inputs.forEach((value, i) => {
        const cell = value.cell as Cell; // as of every input
        const data = feeds[inputNames[i] as string]?.data as Cells; // isLike has looked
        changed ||= cell.stable && cell.own !== data;
        cell.own = data;
      });
      plan.run(changed);
    } else {
      plan = makePlan(inputs.map((input) => checkFeed(input, feeds[input.name])));
      if (!plan.dynamic) plans = [plan, ...plans.slice(0, MAX_PLANS - 1)];
    }
    const results: Record<string, Tensor> = {};
    plan.outputs.forEach(({ type, data, dims }, i) => {
      // The plan's data is the typed array of its type; see Cells.
      results[outputNames[i] as string] = new Tensor(type as 'float32', (data as Float32Array).slice(), [
        ...dims,
      ]);
    });
    return results;
  };

  return {
    inputNames,
    outputNames,
    inputMetadata: inputs,
    outputMetadata: outputs,
    metadata,
    backend: kernels.combine ? 'wasm' : 'js',
    run: async (feeds) => runSync(feeds),
    runSync,
    release: async () => {
      makePlan = undefined;
      plans = [];
    },
  };
}

/** Whether a feed is what the plan was made for. */
function isLike({ type, dims, data }: Value, feed: TensorLike | undefined): boolean {
  const cells = feed?.data as Cells | undefined;
  return (
    feed?.type === type &&
    feed.dims.length === dims.length &&
    dims.every((dim, i) => dim === feed.dims[i]) &&
    cells?.length === data.length &&
    cells.constructor === data.constructor
  );
}

function checkFeed({ name, type, shape }: ValueMetadata, feed: TensorLike | undefined): Value {
  const expected = `${type}[${shape}]`;
  return within(
    () => `input "${name}"`,
    () => {
      const value = toValue(feed ?? fail('E_INPUT', expected, 'nothing'));
      const { dims } = value;
      const fits =
        !shape.length || `${shape.map((dim, i) => (typeof dim === 'number' ? dim : dims[i]))}` === `${dims}`;
      return value.type === type && fits ? value : fail('E_INPUT', expected, `${value.type}[${dims}]`);
    },
  );
}
