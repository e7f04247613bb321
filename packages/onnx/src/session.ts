import type { ValueMetadata } from './graph.ts';
import { decodeModel } from './model.ts';
import { fail, within } from './onnx-error.ts';
import type { Operators } from './operator.ts';
import { createPlan, type Plan } from './plan.ts';
import { Tensor, type TensorLike, toValue } from './tensor.ts';
import type { TensorFormat } from './tensor-proto.ts';
import type { Value } from './value.ts';

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
  /** What computes. */
  readonly backend: 'js';
  /** Rejects with `E_INPUT` when the feeds are not what `inputMetadata` says, `E_SHAPE` or `E_MODEL_LIMIT` when the
   * graph cannot take them, `E_RELEASED` after `release()`. */
  run(feeds: Feeds): Promise<Outputs>;
  /** `run` without a promise; throws what `run` rejects with. */
  runSync(feeds: Feeds): Outputs;
  /** Lets go of the model and its buffers. */
  release(): Promise<void>;
}

export function createSession(
  bytes: Uint8Array,
  operators: Operators,
  format: TensorFormat,
): InferenceSession {
  const model = within(
    () => 'model',
    () => decodeModel(bytes, format),
  );
  const { inputs, outputs, metadata } = model;
  let plan: Plan | undefined = createPlan(model, operators);
  const inputNames = inputs.map(({ name }) => name);
  const outputNames = outputs.map(({ name }) => name);

  const runSync = (feeds: Feeds): Outputs => {
    if (!plan) fail('E_RELEASED', 'no run after release()');
    for (const name of Object.keys(feeds)) {
      if (!inputNames.includes(name)) fail('E_INPUT', `feeds for ${inputNames}`, name);
    }
    const results = plan(new Map(inputs.map((input) => [input.name, checkFeed(input, feeds[input.name])])));
    return Object.fromEntries(
      results.map(({ type, data, dims }, i) => {
        // The plan's data is the typed array of its type; see Cells.
        const copy = (data as Float32Array).slice();
        return [outputNames[i], new Tensor(type as 'float32', copy, dims)];
      }),
    );
  };

  return {
    inputNames,
    outputNames,
    inputMetadata: inputs,
    outputMetadata: outputs,
    metadata,
    backend: 'js',
    run: async (feeds) => runSync(feeds),
    runSync,
    release: async () => {
      plan = undefined;
    },
  };
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
