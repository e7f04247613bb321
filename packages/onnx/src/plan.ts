import type { Arena } from './arena.ts';
import type { GraphNode } from './graph.ts';
import { ELEMENT_COST, type Limits } from './limits.ts';
import type { Model } from './model.ts';
import { fail, within } from './onnx-error.ts';
import type { Kernel, Layer, Operators } from './operator.ts';
import { type Cell, type Cells, checkedSizeOf, createCells, type Value, viewCell } from './value.ts';

/** The run of a model for inputs of certain shapes: buffers laid out, every kernel waiting to be called. */
export interface Plan {
  /** What is fed, in the order of the model's inputs: its elements are put into `own`. */
  readonly inputs: readonly { readonly value: Value; readonly cell: Cell }[];
  /** In the order of the model's outputs. Their data belong to the plan and change with the next run of any plan. */
  readonly outputs: readonly Value[];
  /** @returns false when shapes turn out to depend on what was fed, and this plan does not do for it */
  run(): boolean;
}

interface Step {
  readonly work: () => void;
  readonly stable: boolean;
  readonly place: () => string;
}

/** A node at the time a plan is made, and when its kernel is called again. */
interface Site {
  readonly stable: boolean;
  readonly place: () => string;
  readonly slots: (Value & { readonly cell: Cell })[];
  readonly works: (() => void)[];
  /** Whether its kernel has looked at elements that a run may change. */
  dynamic: boolean;
}

/** One plan's layout. */
interface Layout {
  readonly steps: Step[];
  /** Steps that have been done while the plan is made. */
  done: number;
  /** What puts constants into the arena. */
  readonly copies: (() => void)[];
  copied: number;
  readonly addresses: Map<Cell | Value, number>;
  /** Those that may still change, by their output, and all that have no addresses yet. */
  readonly layers: Map<Cell | undefined, Layer>;
  readonly unsealed: Layer[];
  readonly free: { at: number; size: number }[];
  top: number;
  outside: number;
  budget: number;
}

interface CompiledNode {
  readonly node: GraphNode;
  readonly types: string;
  readonly kernel: Kernel;
}

/** Thrown where a kernel called again gives other shapes than planned. */
const STALE = {};

/** Resolves everything that does not depend on shapes: nodes become kernels, and what depends on constants alone is
 * computed now. The result makes a plan for given inputs, and runs it on them. */
export function createPlanner(
  { opset, initializers, inputs, nodes, outputs }: Model,
  operators: Operators,
  arena: Arena,
  limits: Limits,
  stable: readonly string[],
): (feeds: readonly Value[]) => Plan {
  const constants = new Map<string, Value>();
  /** How often each value is referred to. */
  const uses = new Map<string, number>();
  let layout: Layout;
  let site: Site | undefined;
  let planning = false;
  /** The layout whose constants and stable values the arena holds. */
  let current: Layout | undefined;

  const define = (name: string): void => {
    if (!name || uses.has(name)) fail('E_MODEL_FORMAT', 'values with names of their own', `"${name}"`);
    uses.set(name, 0);
  };

  const refer = (name: string): void => {
    const count =
      uses.get(name) ?? fail('E_MODEL_FORMAT', 'inputs and outputs of earlier nodes', `"${name}"`);
    uses.set(name, count + 1);
  };

  const begin = (): void => {
    current = undefined;
    layout = {
      steps: [],
      done: 0,
      copies: [],
      copied: 0,
      addresses: new Map(),
      layers: new Map(),
      unsealed: [],
      free: [],
      top: 0,
      outside: 0,
      budget: limits.maxWork,
    };
  };

  const hold = (at: number): number =>
    at + layout.outside > limits.arenaBytes
      ? fail('E_MODEL_LIMIT', `${limits.arenaBytes} bytes at most`, at)
      : at;

  const sizeOfCell = ({
    length,
    type,
  }: Cell | { readonly length: number; readonly type: Value['type'] }): number =>
    Math.ceil((length * (type.endsWith('64') ? 8 : 4)) / 16) * 16;

  const take = (size: number, fresh: boolean): number => {
    let best: Layout['free'][number] | undefined;
    for (const block of fresh ? [] : layout.free) {
      if (block.size >= size && !(best && best.size <= block.size)) best = block;
    }
    if (!best) {
      best = { at: layout.top, size };
      layout.free.push(best);
      layout.top = hold(layout.top + size);
    }
    best.size -= size;
    best.at += size;
    return best.at - size;
  };

  /** A view of the arena that follows its growth. */
  const watch = (
    cell: { readonly type: Value['type']; readonly length: number },
    at: number,
  ): (() => Cells) => {
    let view: Cells | undefined;
    let buffer: unknown;
    return () => {
      if (!view || buffer !== arena.buffer) {
        buffer = arena.buffer;
        view = createCells(cell.type, arena.buffer, at, cell.length);
      }
      return view;
    };
  };

  /** Does what is planned so far. */
  const flush = (): void => {
    const { layers, unsealed, steps, copies } = layout;
    layers.clear();
    for (const layer of unsealed.splice(0)) layer.seal();
    arena.grow(layout.top + 16); // kernels may read a vector's length beyond the end
    planning = false;
    while (layout.copied < copies.length) copies[layout.copied++]?.();
    for (; layout.done < steps.length; layout.done++) {
      const { place, work } = steps[layout.done] as Step;
      within(place, work);
    }
    planning = true;
  };

  const createCell = (type: Value['type'], length: number, owner: Site | undefined): Cell => {
    let view: (() => Cells) | undefined;
    const cell: Cell = {
      type,
      length,
      at: undefined,
      own: undefined,
      fixed: false,
      stable: !!owner?.stable,
      uses: 0,
      read() {
        if (planning && !cell.fixed) {
          if (owner && site === owner) {
            if (!cell.own) {
              layout.outside += sizeOfCell(cell);
              hold(layout.top);
              cell.own = createCells(type, length);
            }
          } else {
            if (site) site.dynamic = true;
            flush();
          }
        }
        if (cell.own) return cell.own;
        view ??= watch(cell, place(cell));
        return view();
      },
    };
    return cell;
  };

  const place = (cell: Cell, over?: Cell): number => {
    if (cell.at === undefined) {
      if (!planning) throw STALE;
      const size = sizeOfCell(cell);
      if (
        over?.at !== undefined &&
        over.uses < 2 &&
        over.stable === cell.stable &&
        over.length === cell.length
      ) {
        cell.at = over.at;
        over.uses = 1 / 0;
      } else {
        cell.at = take(size, cell.stable);
      }
    }
    return cell.at;
  };

  const release = (cell: Cell | undefined): void => {
    if (cell && !cell.uses && !cell.stable && !cell.own && cell.at !== undefined) {
      layout.free.push({ at: cell.at, size: sizeOfCell(cell) });
    }
  };

  const address = (value: Value): number => {
    const { cell } = value;
    if (cell && !cell.own) return place(cell);
    const key = cell ?? value;
    let at = layout.addresses.get(key);
    if (at === undefined) {
      if (!planning) throw STALE;
      const shape = cell ?? { type: value.type, length: value.data.length };
      at = take(sizeOfCell(shape), true);
      layout.addresses.set(key, at);
      const view = watch(shape, at);
      const work = (): void => (view() as Float32Array).set(value.data as Float32Array);
      if (!cell || cell.fixed) layout.copies.push(work);
      else layout.steps.push({ work, stable: cell.stable, place: site?.place ?? String });
    }
    return at;
  };

  const compile = (node: GraphNode): CompiledNode => {
    const { operator, attributes, inputs, outputs: made } = node;
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
    const kernel = create({
      opset,
      attributes,
      outputs: made.length,
      number(name, fallback) {
        const value = Number(attributes.get(name) ?? fallback);
        return Number.isNaN(value) ? fail('E_MODEL_FORMAT', `a number as ${name}`) : value;
      },
      allocate(type, dims, work = 0, slot = 0, over) {
        const { slots } = site as Site;
        const last = slots[slot];
        if (last?.type === type && `${last.dims}` === `${dims}`) return last;
        const length = checkedSizeOf(dims, limits.tensorElements);
        layout.budget -= length * (ELEMENT_COST + work);
        if (layout.budget < 0) fail('E_MODEL_LIMIT', `${limits.maxWork} steps at most`, `[${dims}]`);
        const cell = createCell(type, length, site);
        if (over?.cell && over.type === type) place(cell, over.cell);
        const value = viewCell(cell, dims) as Value & { readonly cell: Cell };
        slots[slot] = value;
        return value;
      },
      each(work) {
        if (planning) site?.works.push(work);
        else work();
      },
      arena,
      address,
      layerOf: ({ cell }) => (cell && cell.uses < 2 ? layout.layers.get(cell) : undefined),
      addLayer({ cell }, layer) {
        layout.layers.set(cell, layer);
        layout.unsealed.push(layer);
      },
    });
    return { node, types, kernel };
  };

  /** Plans a node. */
  const visit = ({ node, types, kernel }: CompiledNode, values: Map<string, Value>): void => {
    const { inputs, outputs: made } = node;
    // A kernel takes undefined where the plan lets it.
    const given = inputs.map((name) => values.get(name)) as Value[];
    const own: Site = {
      stable: given.every((x) => !x?.cell || x.cell.stable),
      place: () => `${node.place} of ${given.map((x) => x && `${x.type}[${x.dims}]`).join(' and ')}`,
      slots: [],
      works: [],
      dynamic: false,
    };
    const call = (): readonly Value[] => {
      site = own;
      return [kernel(...given)].flat() as Value[];
    };
    within(own.place, () => {
      if (types && given.some((x) => x && (x.type !== given[0]?.type || !types.includes(x.type)))) {
        fail('E_OPERATOR', `inputs of one of ${types}`);
      }
      planning = true;
      // Where a kernel hands on elements that move, by a spread for example, what it returns must follow them.
      const results = call().map((value) => (value.cell ? viewCell(value.cell, value.dims) : value));
      for (const slot of own.slots) {
        const cell = slot?.cell; // a kernel need not use all slots
        if (cell && !own.dynamic && !own.works.length) {
          cell.own ??= createCells(cell.type, cell.length);
          cell.fixed = cell.stable = true;
        } else if (cell && !cell.own) place(cell);
      }
      const push = (work: () => void): unknown =>
        layout.steps.push({ work, stable: own.stable, place: own.place });
      if (own.dynamic) {
        flush();
        planning = false;
        for (const work of own.works) work();
        push(() => {
          const again = call();
          if (results.some((value, i) => !isSame(value, again[i]))) throw STALE;
        });
        layout.done = layout.steps.length;
      } else own.works.forEach(push);
      made.forEach((name, i) => {
        if (!name) return;
        const value = results[i] ?? fail('E_OPERATOR', `${results.length} outputs`, made.length);
        values.set(name, value);
        if (value.cell) value.cell.uses += uses.get(name) as number;
      });
      for (const x of given) {
        if (!x?.cell) continue;
        x.cell.uses--;
        // Who has taken a product as it is needs it so.
        if (!results.some(({ cell }) => cell === x.cell)) layout.layers.delete(x.cell);
      }
      for (const cell of new Set([...given, ...own.slots].map((x) => x?.cell))) release(cell);
    });
  };

  const steps: CompiledNode[] = [];
  for (const value of initializers) {
    define(value.name);
    constants.set(value.name, value);
  }
  for (const { name } of inputs) define(name);
  if (nodes.length > limits.nodes) fail('E_MODEL_LIMIT', `${limits.nodes} nodes at most`, nodes.length);
  const compiled = nodes.map((node) =>
    within(
      () => node.place,
      () => compile(node),
    ),
  );
  for (const { name } of outputs) refer(name);
  for (const step of compiled) {
    const { inputs: names, outputs: made } = step.node;
    if (names.every((name) => !name || constants.has(name))) {
      begin();
      visit(step, constants);
      flush();
      planning = false;
      for (const name of made) {
        const value = constants.get(name);
        if (value) constants.set(name, { type: value.type, dims: value.dims, data: copyOf(value.data) });
      }
    } else steps.push(step);
  }

  return (feeds) => {
    begin();
    const own = layout;
    const values = new Map(constants);
    const fed = feeds.map(({ type, data, dims }, i) => {
      const { name = '' } = inputs[i] ?? {};
      const cell = createCell(type, data.length, undefined);
      cell.own = data;
      cell.stable = stable.includes(name);
      const value = viewCell(cell, dims);
      values.set(name, value);
      return { value, cell };
    });
    for (const step of steps) visit(step, values);
    flush();
    planning = false;
    current = own;
    let seen = fed.map(({ cell }) => cell.own);
    let at = 0;
    const placeOfStep = (): string => own.steps[at]?.place() ?? '';
    let refresh = false;
    const go = (): void => {
      for (at = 0; at < own.steps.length; at++) {
        const step = own.steps[at] as Step;
        if (refresh || !step.stable) step.work();
      }
    };
    return {
      inputs: fed,
      outputs: outputs.map(({ name }) => values.get(name) as Value), // refer has looked
      run() {
        layout = own;
        planning = false; // it is not, where a plan could not be made
        refresh = current !== own;
        for (let i = 0; i < fed.length; i++) {
          const cell = fed[i]?.cell;
          if (cell?.stable && seen[i] !== cell.own) {
            refresh = true;
            seen = fed.map((entry) => entry.cell.own);
          }
        }
        if (current !== own) for (const copy of own.copies) copy();
        current = undefined;
        layout.budget = limits.maxWork;
        try {
          within(placeOfStep, go);
        } catch (error) {
          if ((error as Error).cause !== STALE) throw error;
          return false;
        }
        current = own;
        return true;
      },
    };
  };
}

function copyOf(cells: Cells): Cells {
  return (cells as Float32Array).slice();
}

function isSame(a: Value, b: Value | undefined): boolean {
  return (
    a.type === b?.type && `${a.dims}` === `${b.dims}` && (a.cell ? a.cell === b.cell : a.data === b.data)
  );
}
