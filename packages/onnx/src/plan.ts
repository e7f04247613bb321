import type { GraphNode, ValueMetadata } from './graph.ts';
import type { Kernels } from './kernels/kernels.ts';
import { ELEMENT_COST, type Limits } from './limits.ts';
import type { Model } from './model.ts';
import { fail, locate, within } from './onnx-error.ts';
import type { Layer, Operators } from './operator.ts';
import { reserve } from './reserve.ts';
import {
  type Cell,
  type Cells,
  checkedSizeOf,
  createCells,
  sizeOf,
  type TensorType,
  type Value,
  viewCell,
} from './value.ts';

/** The run of a model for inputs of certain shapes: buffers laid out, every kernel waiting to be called. */
export interface Plan {
  /** In the order of the model's inputs. What is fed is put into their cells. */
  readonly inputs: readonly Value[];
  /** In the order of the model's outputs. Their data belong to the plan and change with the next run of any plan. */
  readonly outputs: readonly Value[];
  /** Whether a kernel has looked at elements to tell a shape: then the plan is for these elements alone. */
  readonly dynamic: boolean;
  /** Computes the outputs again; what is stable only when a stable input has `changed`. */
  run(changed: boolean): void;
}

/** A node for which a kernel is called. */
interface Site {
  readonly stable: boolean;
  readonly works: (() => void)[];
  readonly cells: Cell[];
}

type Step = readonly [work: () => void, stable: boolean, place: () => string];

type Values = Map<string, Value>;

/** Resolves everything that does not depend on shapes: nodes become kernels, and what depends on constants alone is
 * computed now. The result makes a plan for given inputs, and runs it on them. */
export function createPlanner(
  { opset, initializers, inputs, nodes, outputs }: Model,
  operators: Operators,
  kernels: Kernels,
  limits: Limits,
  stableNames: readonly string[],
  hint: string,
): (feeds: readonly Value[]) => Plan {
  const { memory } = kernels;
  const constants: Values = new Map();
  /** How often each value is referred to. */
  const uses = new Map<string, number>();
  // Of the plan in work:
  let steps: Step[];
  /** How many steps have been done already. */
  let done: number;
  /** Addresses that nobody needs, by bytes. */
  let free: Record<number, number[]>;
  let top: number;
  let budget: number;
  let addresses: Map<Cell | Value, number>;
  let layers: Map<Cell, Layer>;
  let dynamic: boolean;
  /** Where a kernel is being called, while it is. */
  let site: Site | undefined;
  /** Those whose constants and stable values the memory holds. */
  let current: Step[] | undefined;

  const bytesOf = ({ type, length }: Cell): number =>
    Math.ceil((length * (type.endsWith('64') ? 8 : 4)) / 16) * 16;

  /** Gives a cell its address: that of `over`, if nobody else needs that any more, or one that is free. What is stable
   * has its own, which no step of a later run overwrites. */
  const place = (cell: Cell, over?: Cell): number => {
    if (cell.at < 0) {
      const bytes = bytesOf(cell);
      const { stable } = cell;
      if (over && over.at >= 0 && over.uses < 2 && over.stable === stable && over.length === cell.length) {
        cell.at = over.at;
        over.uses = 1 / 0;
      } else {
        cell.at = (!stable && free[bytes]?.pop()) || top;
        if (cell.at === top) top += bytes;
        if (top > limits.arenaBytes) fail('E_MODEL_LIMIT', `up to ${limits.arenaBytes} bytes`, top);
      }
    }
    return cell.at;
  };

  const run = (what: Step[], from: number, all: boolean): void => {
    let i = from;
    try {
      for (; i < what.length; i++) {
        const [work, stable] = what[i] as Step;
        if (all || !stable) work();
      }
    } catch (cause) {
      locate((what[i] as Step)[2](), cause);
    }
  };

  /** Does what is planned so far. */
  const flush = (): void => {
    const planned = site;
    site = undefined;
    layers.clear();
    // Kernels may read a vector's length beyond the end.
    reserve(kernels, top + 16);
    run(steps, done, true);
    done = steps.length;
    site = planned;
  };

  const createCell = (type: TensorType, length: number, stable: boolean, owner?: Site): Cell => {
    let view: Cells;
    let buffer: unknown;
    const cell: Cell = {
      type,
      length,
      at: -1,
      own: undefined,
      stable,
      uses: 0,
      read() {
        if (site && site !== owner) {
          dynamic = true;
          flush();
        } else if (site) cell.own ??= createCells(type, length);
        if (cell.own) return cell.own;
        if (buffer !== memory.buffer) {
          buffer = memory.buffer;
          view = createCells(type, memory.buffer, cell.at, length);
        }
        return view;
      },
    };
    return cell;
  };

  const compile = ({
    operator,
    attributes,
    inputs,
    outputs: made,
    place: nodePlace,
  }: GraphNode): ((values: Values) => void) => {
    const [required, types, create] = Object.hasOwn(operators, operator)
      ? (operators[operator] as Operators[string])
      : fail('E_OPERATOR', `one of ${Object.keys(operators)}${hint}`, `${operator} (opset ${opset})`);
    // What a node may leave out has the empty name.
    inputs.filter(Boolean).forEach(refer);
    if (inputs.slice(0, required).filter(Boolean).length < required) {
      fail('E_MODEL_FORMAT', `${required} inputs`, `[${inputs}]`);
    }
    made.filter(Boolean).forEach(define);
    const kernel = create({
      opset,
      attributes,
      outputs: made.length,
      number(name, fallback) {
        const value = Number(attributes.get(name) ?? fallback);
        return Number.isNaN(value) ? fail('E_MODEL_FORMAT', `a number as ${name}`) : value;
      },
      allocate(type, dims, work = 0, over) {
        const length = checkedSizeOf(dims, limits.tensorElements);
        budget -= length * (ELEMENT_COST + work);
        if (budget < 0) fail('E_MODEL_LIMIT', `up to ${limits.maxWork} steps`, `[${dims}]`);
        const { cells, stable } = site as Site;
        const cell = createCell(type, length, stable, site);
        cells.push(cell);
        if (over?.type === type) place(cell, over.cell);
        return viewCell(cell, dims);
      },
      each: (work) => site?.works.push(work),
      kernels,
      address(value) {
        const { cell, type, dims } = value;
        if (cell && !cell.own) return place(cell);
        const key = cell ?? value;
        const known = addresses.get(key);
        if (known !== undefined) return known;
        const copy = createCell(type, sizeOf(dims), !cell || cell.stable);
        addresses.set(key, place(copy));
        steps.push([
          () => (copy.read() as Float32Array).set(value.data as Float32Array),
          copy.stable,
          () => nodePlace,
        ]);
        return copy.at;
      },
      scratch(bytes) {
        reserve(kernels, top + bytes);
        return top;
      },
      layerOf: ({ cell }) => (cell && cell.uses < 2 ? layers.get(cell) : undefined),
      addLayer: ({ cell }, layer) => cell && layers.set(cell, layer),
    });

    /** Plans the node. */
    return (values) => {
      // A kernel takes undefined where the plan lets it.
      const given = inputs.map((name) => values.get(name)) as Value[];
      const placeOf = (): string =>
        `${nodePlace} of ${given.map((x) => x && `${x.type}[${x.dims}]`).join(' and ')}`;
      within(placeOf, () => {
        if (types && given.some((x) => x && (x.type !== given[0]?.type || !types.includes(x.type)))) {
          fail('E_OPERATOR', `inputs of one of ${types}`);
        }
        const stable = given.every((x) => !x?.cell || x.cell.stable);
        const here: Site = { stable, works: [], cells: [] };
        site = here;
        const results = [kernel(...given)].flat() as Value[];
        site = undefined;
        const { works, cells } = here;
        for (const work of works) steps.push([work, stable, placeOf]);
        made.forEach((name, i) => {
          if (!name) return;
          const result = results[i] ?? fail('E_OPERATOR', `${i} outputs`, made.length);
          const { type, dims, cell } = result;
          // Elements that nothing computes at a run are constant.
          if (cell && !works.length && cells.includes(cell)) {
            values.set(name, { type, dims, data: cell.own ?? createCells(type, cell.length) });
          } else if (cell) {
            // Also where a kernel hands on elements that move, by a spread for example.
            values.set(name, viewCell(cell, dims));
            cell.uses += uses.get(name) as number;
          } else values.set(name, result);
        });
        for (const x of given) {
          const cell = x?.cell;
          if (!cell) continue;
          cell.uses--;
          // Who has taken a product as it is needs it so.
          if (!results.some((result) => result.cell === cell)) layers.delete(cell);
          cells.push(cell);
        }
        // All of them before any is free again: a kernel needs its own scratch space at the same time.
        for (const cell of cells) if (works.length && !cell.own) place(cell);
        for (const cell of new Set(cells)) {
          if (!cell.uses && !cell.stable && cell.at >= 0) {
            const bytes = bytesOf(cell);
            free[bytes] = [...(free[bytes] ?? []), cell.at];
          }
        }
      });
    };
  };

  function define(name: string): void {
    if (!name || uses.has(name)) fail('E_MODEL_FORMAT', 'values with names of their own', `"${name}"`);
    uses.set(name, 0);
  }

  function refer(name: string): void {
    const count = uses.get(name) ?? fail('E_MODEL_FORMAT', 'values of earlier nodes', `"${name}"`);
    uses.set(name, count + 1);
  }

  /** Plans nodes and runs them. */
  const start = (visits: readonly ((values: Values) => void)[], values: Values): void => {
    steps = [];
    done = top = 0;
    free = {};
    addresses = new Map();
    layers = new Map();
    budget = limits.maxWork;
    dynamic = false;
    current = undefined;
    try {
      for (const visit of visits) visit(values);
      flush();
    } finally {
      site = undefined;
    }
  };

  for (const value of initializers) {
    define(value.name);
    constants.set(value.name, value);
  }
  for (const { name } of inputs) define(name);
  if (nodes.length > limits.nodes) fail('E_MODEL_LIMIT', `up to ${limits.nodes} nodes`, nodes.length);
  const visits = nodes.map((node) =>
    within(
      () => node.place,
      () => compile(node),
    ),
  );
  for (const { name } of outputs) refer(name);
  const variable = visits.filter((visit, i) => {
    const { inputs, outputs } = nodes[i] as GraphNode;
    if (!inputs.every((name) => !name || constants.has(name))) return true;
    start([visit], constants);
    for (const name of outputs.filter(Boolean)) {
      const { type, dims, data } = constants.get(name) as Value; // the visit has set it
      constants.set(name, { type, dims, data: (data as Float32Array).slice() });
    }
    return false;
  });

  return (feeds) => {
    const values = new Map(constants);
    const fed = feeds.map(({ type, data, dims }, i) => {
      const { name } = inputs[i] as ValueMetadata; // there is a feed for each
      const cell = createCell(type, data.length, stableNames.includes(name));
      cell.own = data;
      const value = viewCell(cell, dims);
      values.set(name, value);
      return value;
    });
    start(variable, values);
    const own = steps;
    current = own;
    return {
      inputs: fed,
      outputs: outputs.map(({ name }) => values.get(name) as Value), // refer has looked
      dynamic,
      run(changed) {
        const all = changed || current !== own;
        current = undefined;
        run(own, 0, all);
        current = own;
      },
    };
  };
}
