import type { EgressShape, ExperimentSpec, Feature1, Item, Pack, PackAsset, SlotSpec } from '@inkling/core';
import fc from 'fast-check';

/** Names that JSON may hold and objects have of themselves. */
const ODD_NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];
const id = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,8}$/);
const text = fc.oneof(fc.string({ minLength: 1, maxLength: 20 }), fc.constantFrom(...ODD_NAMES));
const share = fc.double({ min: 0, max: 1, noNaN: true });
const whole = fc.integer({ min: 1, max: 1_000_000 });
const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));

/** Object with some of the optional parts left out. */
function partly<Needed extends object, Optional extends object>(
  needed: { [Key in keyof Needed]: fc.Arbitrary<Needed[Key]> },
  optional: { [Key in keyof Optional]: fc.Arbitrary<Optional[Key]> },
): fc.Arbitrary<Needed & Partial<Optional>> {
  const names = Object.keys(needed) as (keyof (Needed & Optional))[];
  return fc.record({ ...needed, ...optional }, { requiredKeys: names } as never) as never;
}

const slot: fc.Arbitrary<SlotSpec> = partly(
  {
    id,
    kind: fc.constantFrom('order' as const, 'list' as const, 'variant' as const),
    decide: fc.constant('client' as const),
    policy: fc.oneof(
      fc.constant({ type: 'greedy' as const }),
      fc.record({ type: fc.constant('epsilon' as const), epsilon: share }),
    ),
    rules: fc.uniqueArray(
      fc.oneof(
        fc.record({ type: fc.constant('only' as const), group: text }),
        fc.record({ type: fc.constant('exclude' as const), tag: text }),
        fc.record({ type: fc.constant('pin' as const), item: text, position: fc.nat(9) }),
      ),
      // At most one pin, because two for one place are refused.
      { maxLength: 3, comparator: (a, b) => a === b || (a.type === 'pin' && b.type === 'pin') },
    ),
  },
  { k: whole, diversity: fc.record({ lambda: share }) },
);

const asset: fc.Arbitrary<PackAsset> = partly(
  {
    role: fc.constantFrom('model' as const, 'catalog' as const, 'neighbours' as const),
    path: fc.stringMatching(/^[\w.-]{1,12}$/),
    bytes: whole,
    sha256: hex(64),
  },
  { inline: fc.base64String() },
);

const feature = (group: string): fc.Arbitrary<Feature1> => {
  const words = { group: fc.constant(group), sentence: text };
  return fc.oneof(
    fc.record({ kind: fc.constant('affinity' as const), ...words }),
    fc.record({
      kind: fc.constant('tags' as const),
      tags: fc.array(text, { minLength: 1, maxLength: 3 }),
      ...words,
    }),
    fc.record({
      kind: fc.constant('signal' as const),
      signal: fc.constant('weather.condition' as const),
      values: fc.array(text, { minLength: 1, maxLength: 3 }),
      ...words,
    }),
  );
};

const experiment: fc.Arbitrary<ExperimentSpec> = partly(
  {
    id,
    variations: fc
      .integer({ min: 2, max: 5 })
      .map((count) => Array.from({ length: count }, (_, index) => ({ id: `v${index}`, weight: 1 / count }))),
  },
  { salt: text, coverage: share },
);

const egress: fc.Arbitrary<EgressShape> = partly(
  {
    id,
    url: fc.constantFrom('/totals', 'https://count.example/totals'),
    purpose: fc.constantFrom('necessary' as const, 'measurement' as const, 'research' as const),
    fields: fc.array(text, { maxLength: 3 }),
    sentence: text,
  },
  { method: fc.constantFrom('GET' as const, 'POST' as const), recipient: text, days: whole },
);

/** Packs that are in order. */
export const arbitraryPack: fc.Arbitrary<Pack> = fc
  .uniqueArray(id, { minLength: 1, maxLength: 4 })
  .chain((groups) =>
    partly(
      {
        format: fc.constant(1 as const),
        id,
        version: fc.integer({ min: 1000, max: 2000 }),
        floor: fc.integer({ min: 1, max: 1000 }),
        createdAt: fc.constant('2026-01-01T00:00:00Z'),
        expiresAt: fc.constant('2027-01-01T00:00:00Z'),
        assets: fc.array(asset, { maxLength: 3 }),
        spec: partly(
          {
            format: fc.constant(1 as const),
            groups: fc.constant(groups.map((group) => ({ id: group, sentence: `It is ${group}.` }))),
            features: fc.array(fc.constantFrom(...groups).chain(feature), { minLength: 1, maxLength: 4 }),
            phrases: fc.dictionary(text, fc.dictionary(text, text, { maxKeys: 2 }), { maxKeys: 2 }),
          },
          { halfLifeDays: fc.integer({ min: 1, max: 90 }) },
        ),
        fingerprint: hex(16),
        slots: fc.uniqueArray(slot, { maxLength: 3, selector: (one) => one.id }),
        experiment: fc.record({ holdout: share }),
        modelCard: partly(
          { summary: text, data: text, metrics: fc.dictionary(text, fc.integer(), { maxKeys: 2 }) },
          {
            evaluation: fc.constantFrom('passed' as const, 'unevaluated' as const, 'refused' as const),
            acceptedRisk: fc.record({ why: text, failures: fc.array(text, { maxLength: 2 }) }),
          },
        ),
      },
      {
        sensitive: fc.array(text, { maxLength: 3 }),
        popularityBy: fc.constant('weather.condition' as const),
        experiments: fc.uniqueArray(experiment, { maxLength: 2, selector: (one) => one.id }),
        canary: fc.record({ path: fc.constant('next/pack.json'), share }),
        egress: fc.uniqueArray(egress, { maxLength: 2, selector: (shape) => shape.id }),
      },
    ),
  ) as fc.Arbitrary<Pack>;

/** Catalogs that are in order, each id once. */
export const arbitraryCatalog: fc.Arbitrary<readonly Item[]> = fc.uniqueArray(
  partly(
    { id: text },
    {
      tags: fc.array(fc.oneof(fc.constantFrom('a', 'b', 'c'), text), { maxLength: 3 }),
      available: fc.boolean(),
      publishedAt: fc.constantFrom('2026-01-01', '2026-05-01', '2031-01-01'),
      attributes: fc.record({ popularity: share }),
    },
  ) as fc.Arbitrary<Item>,
  { maxLength: 60, selector: (item) => item.id },
);

const WRONG: readonly unknown[] = [
  ...[null, true, '', 'x', 0, -1, 0.5, 1, 1.5, 2, 2 ** 53, Infinity],
  ...[[], {}, [[]], [7]],
];
const wrong: fc.Arbitrary<unknown> = fc.oneof(fc.constantFrom(...WRONG), fc.jsonValue({ maxDepth: 2 }));

interface Place {
  readonly parent: Record<PropertyKey, unknown>;
  readonly key: string;
}

/** The value with one of its parts, each in turn, dropped or replaced by each of a few others. */
export function* eachDamage(value: object): Generator<unknown> {
  for (const at of placesOf({ value }).keys()) {
    for (const other of [undefined, ...WRONG]) {
      const root = { value: structuredClone(value) as unknown };
      const { parent, key } = placesOf(root)[at] as Place;
      if (other === undefined) drop(parent, key);
      else define(parent, key, structuredClone(other));
      yield root.value;
    }
  }
}

/** The value with one to three of its parts, anywhere in it, dropped, replaced, doubled or added. */
export function mutated<Value extends object>(whole: fc.Arbitrary<Value>): fc.Arbitrary<unknown> {
  const change = fc.record({
    at: fc.nat(),
    how: fc.constantFrom('drop', 'replace', 'replace', 'double', 'add'),
    wrong,
    name: fc.constantFrom('k', 'inline', 'extra', 'floor', ...ODD_NAMES),
  });
  return fc.tuple(whole, fc.array(change, { minLength: 1, maxLength: 3 })).map(([value, changes]) => {
    const root = { value: structuredClone(value) as unknown };
    for (const { at, how, wrong: shared, name } of changes) {
      const other = structuredClone(shared);
      const places = placesOf(root);
      if (places.length === 0) break;
      const { parent, key } = places[at % places.length] as Place;
      const part = parent[key];
      if (how === 'drop') drop(parent, key);
      else if (how === 'double' && Array.isArray(part)) part.push(...structuredClone(part));
      else if (how === 'add' && isPlain(part)) define(part, name, other);
      else define(parent, key, other);
    }
    return root.value;
  });
}

function drop(parent: Place['parent'], key: string): void {
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As JSON.parse does: `__proto__` is a name like any other. */
function define(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

function placesOf(parent: object): readonly Place[] {
  return Object.keys(parent).flatMap((key) => {
    const part = Object.getOwnPropertyDescriptor(parent, key)?.value;
    const place = { parent: parent as Place['parent'], key };
    return typeof part === 'object' && part !== null ? [place, ...placesOf(part)] : [place];
  });
}
