import type { GraphNode } from './graph.ts';
import { ELEMENT_COST, MAX_COST } from './limits.ts';
import type { Model } from './model.ts';
import { fail, within } from './onnx-error.ts';
import type { Operators } from './operator.ts';
import { checkedSizeOf, createCells, type Value } from './value.ts';

type Step = (values: Map<string, Value>) => void;

type Values = ReadonlyMap<string, Value>;

/** Computes the model's outputs, in their order, from its inputs. Their data belong to the plan and may change with the
 * next run. */
export type Plan = (inputs: Values) => Value[];

/** Resolves everything that does not depend on a run: nodes become kernels, and what depends on constants alone is
 * computed now. */
export function createPlan(
  { opset, initializers, inputs, nodes, outputs }: Model,
  operators: Operators,
): Plan {
  const names = new Set<string>();
  const constants = new Map<string, Value>();
  const steps: Step[] = [];
  let budget = MAX_COST;

  const define = (name: string): void => {
    if (!name || names.has(name)) fail('E_MODEL_FORMAT', 'values with names of their own', `"${name}"`);
    names.add(name);
  };

  const refer = (name: string): void => {
    if (!names.has(name)) fail('E_MODEL_FORMAT', 'inputs and outputs of earlier nodes', `"${name}"`);
  };

  const compile = ({ place, operator, inputs, outputs: made, attributes }: GraphNode): Step => {
    const known = Object.keys(operators);
    const [required, types, create] =
      (known.includes(operator) && operators[operator]) ||
      fail('E_OPERATOR', `one of ${known.join(', ')}`, `${operator} (opset ${opset})`);
    // What a node may leave out has the empty name.
    inputs.filter(Boolean).forEach(refer);
    if (inputs.slice(0, required).filter(Boolean).length < required) {
      fail('E_MODEL_FORMAT', `${required} inputs`, `[${inputs}]`);
    }
    made.filter(Boolean).forEach(define);

    const slots: Value[] = [];
    const kernel = create({
      opset,
      attributes,
      outputs: made.length,
      number(name, fallback) {
        const value = Number(attributes.get(name) ?? fallback);
        return Number.isNaN(value) ? fail('E_MODEL_FORMAT', `a number as ${name}`) : value;
      },
      allocate(type, dims, work = 0, slot = 0) {
        const length = checkedSizeOf(dims);
        budget -= length * (ELEMENT_COST + work);
        if (budget < 0) fail('E_MODEL_LIMIT', 'a smaller run', `[${dims}]`);
        const last = slots[slot];
        const reusable = last?.type === type && last.data.length === length ? last.data : undefined;
        const value = { type, dims, data: reusable ?? createCells(type, length) };
        slots[slot] = value;
        return value;
      },
      each: (work) => work(),
    });

    return (values) => {
      // A kernel takes undefined where the plan lets it.
      const given = inputs.map((name) => values.get(name)) as Value[];
      within(
        () => `${place} of ${given.map((x) => x && `${x.type}[${x.dims}]`).join(' and ')}`,
        () => {
          if (types && given.some((x) => x && (x.type !== given[0]?.type || !types.includes(x.type)))) {
            fail('E_OPERATOR', `inputs of one of ${types}`);
          }
          const results = [kernel(...given)].flat() as Value[];
          made.forEach((name, i) => {
            if (name)
              values.set(name, results[i] ?? fail('E_OPERATOR', `${results.length} outputs`, made.length));
          });
        },
      );
    };
  };

  for (const value of initializers) {
    define(value.name);
    constants.set(value.name, value);
  }
  for (const { name } of inputs) define(name);
  for (const node of nodes) {
    const step = within(
      () => node.place,
      () => compile(node),
    );
    if (node.inputs.every((name) => !name || constants.has(name))) step(constants);
    else steps.push(step);
  }
  for (const { name } of outputs) refer(name);

  return (feeds) => {
    budget = MAX_COST;
    const values = new Map([...constants, ...feeds]);
    for (const step of steps) step(values);
    return outputs.map(({ name }) => values.get(name) as Value); // refer has looked
  };
}
