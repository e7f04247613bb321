import type { TensorType } from '@inkling/onnx/full';
import fc from 'fast-check';
import type { NodeSpec } from '../model-builder.ts';
import { axisOf, cell, data, dimsOf } from './arbitrary-data.ts';
import type { Data, Graph } from './graph-model.ts';

export type Attributes = NonNullable<NodeSpec['attributes']>;

/** A node and what it is given; '' leaves an input out. */
export interface Case {
  readonly opset: number;
  readonly inputs: readonly (Data | '')[];
  readonly attributes?: Attributes;
  readonly outputs: readonly TensorType[];
}

/** Operators, with their domain where it is not ONNX's own, and nodes of each. */
export type Nodes = Readonly<Record<string, fc.Arbitrary<Case>>>;

export function graphOf(name: string, { opset, inputs, attributes = {}, outputs }: Case): Graph {
  const [, domain = '', op = name] = name.match(/^(ai\.onnx\.ml)\.(.*)$/) ?? [];
  const names = inputs.map((input, i) => (input ? `x${i}` : ''));
  const made = outputs.map((_, i) => `y${i}`);
  return {
    opset,
    nodes: [{ op, domain, inputs: names, outputs: made, attributes }],
    inputs: Object.fromEntries(inputs.flatMap((input, i) => (input ? [[`x${i}`, input]] : []))),
    outputs: Object.fromEntries(outputs.map((type, i) => [`y${i}`, type])),
  };
}

export const opset = (least: number, most = 22): fc.Arbitrary<number> =>
  fc.integer({ min: least, max: most });

export const flag = fc.integer({ min: 0, max: 1 });

export const float = (least: number, most: number): fc.Arbitrary<{ float: number }> =>
  fc.integer({ min: least * 8, max: most * 8 }).map((v) => ({ float: v / 8 }));

/** Some of these attributes. */
export const some = (
  arbitraries: Record<string, fc.Arbitrary<Attributes[string]>>,
): fc.Arbitrary<Attributes> => fc.record(arbitraries, { requiredKeys: [] }) as fc.Arbitrary<Attributes>;

export const unary = (
  types: readonly TensorType[],
  least = 9,
  attributes: Record<string, fc.Arbitrary<Attributes[string]>> = {},
  range: readonly [number, number] = [-16, 16],
): fc.Arbitrary<Case> =>
  fc.constantFrom(...types).chain((type) =>
    fc.record({
      opset: opset(least),
      inputs: dimsOf().chain((dims) => fc.tuple(data(type, dims, range))),
      attributes: some(attributes),
      outputs: fc.constant([type]),
    }),
  );

export const rows = (
  types: readonly TensorType[],
  least: number,
  attributes: Record<string, fc.Arbitrary<Attributes[string]>> = {},
): fc.Arbitrary<Case> =>
  fc.tuple(fc.constantFrom(...types), dimsOf(1), opset(least)).chain(([type, dims, version]) =>
    fc.record({
      opset: fc.constant(version),
      inputs: fc.tuple(data(type, dims)),
      attributes: some({
        axis: version < 11 ? fc.integer({ min: 0, max: dims.length - 1 }) : axisOf(dims.length),
        ...attributes,
      }),
      outputs: fc.constant([type]),
    }),
  );

/** A tensor and one of its axes. */
export const along = (
  types: readonly TensorType[],
  make: (x: Data, axis: number, size: number) => fc.Arbitrary<Case>,
): fc.Arbitrary<Case> =>
  fc
    .tuple(fc.constantFrom(...types), dimsOf(1))
    .chain(([type, dims]) => fc.tuple(data(type, dims), axisOf(dims.length)))
    .chain(([x, axis]) => make(x, axis, x.dims.at(axis) as number));

export const floats = (count: number, least = -16, most = 16): fc.Arbitrary<number[]> =>
  fc.array(cell('float32', least, most) as fc.Arbitrary<number>, { minLength: count, maxLength: count });

export const grid = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }));

export const post = fc.constantFrom('NONE', 'SOFTMAX', 'LOGISTIC', 'SOFTMAX_ZERO');
