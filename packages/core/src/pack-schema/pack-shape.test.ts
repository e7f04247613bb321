import { expect, test } from 'vitest';
import { z } from 'zod';
import { CATALOG_SHAPE, PACK_SHAPE, type Shape } from '../pack/pack-shape.ts';
import { catalogSchema, packSchema } from '../pack-schema.ts';

/** What the schema has and the browser's table has not, and why that does no harm. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'pack.id': 'shown to people',
  'pack.createdAt': 'shown to people',
  'pack.fingerprint': 'compared with the model’s; anything else is E_SPEC_MISMATCH',
  'pack.assets.sha256': 'compared with the asset’s; anything else is E_INTEGRITY',
  'pack.spec.format': 'the encoder refuses features it does not know',
  'pack.spec.halfLifeDays': 'a wrong one gives scores that are no numbers, and so the popular items',
  'pack.spec.means': 'a wrong one cannot be read, and so the popular items come',
  'pack.slots.decide': 'only the edge asks',
  'pack.slots.diversity': 'a wrong one is no number, and moves nothing',
  'pack.slots.per': 'read by the whole vocabulary, loaded where a slot has one of these four',
  'pack.slots.objectives': 'the same',
  'pack.slots.shelves': 'the same',
  'pack.slots.cadence': 'the same',
  'pack.off': 'whatever stands there turns the page off',
  'pack.popularityBy': 'read by the chunk of the candidates',
  'pack.experiments': 'read by the chunk of the experiments',
  'pack.holdouts': 'read by the chunk of the experiments',
  'pack.canary': 'read by the chunk of the experiments',
  'pack.adapt': 'read by the chunk that learns',
  'pack.egress':
    'read by the chunk of the totals; held against what a page sends by inkling audit, and shown to people',
  'pack.regimes': 'read by the chunk that asks, row by row; a wrong table is not used',
  'pack.shared': 'only the edge asks',
  'pack.modelCard.data': 'shown to people',
  'pack.modelCard.intendedUse': 'shown to people',
  'pack.modelCard.limits': 'shown to people',
  'pack.modelCard.metrics': 'shown to people',
  'pack.modelCard.evaluation': 'shown to people',
  'pack.modelCard.acceptedRisk': 'shown to people',
  'catalog.title': 'shown to people',
  'catalog.url': 'checked where it is written into a link',
  'catalog.parent': 'read by the whole vocabulary',
  'catalog.price': 'a wrong one is unknown to the encoder',
  'catalog.group': 'compared',
  'catalog.attributes': 'read name by name; a wrong one has none',
  'catalog.available': 'compared with false',
  'catalog.publishedAt': 'a wrong one is unknown to the encoder',
};

interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
}

test('the browser’s tables are what the schemas say, but for what is left out', () => {
  expect(shapeOf(jsonSchema(packSchema), ['pack'])).toEqual(PACK_SHAPE);
  expect(shapeOf(jsonSchema(catalogSchema), ['catalog'])).toEqual(CATALOG_SHAPE);
});

function jsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { unrepresentable: 'any' }) as JsonSchema;
}

/** @param place names of the properties on the way here */
function shapeOf(schema: JsonSchema, place: readonly string[]): Shape {
  const { type, oneOf, anyOf = oneOf, items, properties, required = [] } = schema;
  if (anyOf) return shapeOf(common(anyOf), place);
  if (type === 'array') return [shapeOf(items ?? {}, place)];
  if (type === 'object') {
    if (!properties) return 'object';
    return Object.fromEntries(
      Object.entries(properties).flatMap(([name, part]) => {
        const path = [...place, name];
        if (path.join('.') in LEFT_OUT || !isNamed(part)) return [];
        return [[required.includes(name) ? name : `${name}?`, shapeOf(part, path)]];
      }),
    );
  }
  if (type === 'string') return 'string';
  if (schema.const === 1) return 1;
  if (type === 'integer' && schema.exclusiveMinimum === 0) return schema.maximum ?? 0;
  if (type === 'number' && schema.minimum === 0 && schema.maximum === 1) return 'share';
  throw new Error(`${place.join('.')}: the table has no word for ${JSON.stringify(schema)}`);
}

function isNamed({ type, oneOf, anyOf }: JsonSchema): boolean {
  return (type ?? oneOf ?? anyOf) !== undefined;
}

/** The parts that every kind has. */
function common([first = {}, ...others]: readonly JsonSchema[]): JsonSchema {
  const properties = Object.entries(first.properties ?? {}).filter(([name]) =>
    others.every((other) => other.required?.includes(name)),
  );
  return { ...first, properties: Object.fromEntries(properties) };
}
