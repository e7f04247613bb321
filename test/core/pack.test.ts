import { checkPack, InklingError, parseJson, readCatalog, readPack } from '@inkling/core';
import { catalogSchema, packSchema } from '@inkling/core/pack-schema';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryCatalog, arbitraryPack, eachDamage, mutated } from './arbitrary-pack.ts';
import { propertyRuns } from './property-runs.ts';

const now = Date.parse('2026-06-01T00:00:00Z');
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** Whether the browser's check finds the form right; what it says of time and versions is not of the form. */
function leanAccepts(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch (error) {
    if (!(error instanceof InklingError)) throw error;
    return error.code !== 'E_PACK_FORMAT';
  }
}

interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly origin?: string | undefined;
  readonly input?: unknown;
}

/** What the browser leaves to `inkling pack`, by place. */
const LEFT_OUT = [
  /^(id|createdAt|fingerprint|popularityBy|experiments|holdouts|canary|adapt|egress)\b/,
  /^assets\.\d+\.sha256$/,
  /^spec\.(format|halfLifeDays|means\b.*|phrases\..*)$/,
  /^slots\.\d+\.(decide$|kind$|(diversity|per|objectives|shelves|cadence)\b)/,
  /^modelCard\.(data|intendedUse|limits|metrics|evaluation|acceptedRisk)\b/,
  // What only some kinds have: the encoder and the slate builder refuse what they do not know.
  /^spec\.features\.\d+\.(?!kind$|group$|sentence$)/,
  /^slots\.\d+\.policy\.(?!type$)/,
  /^slots\.\d+\.rules\.\d+\.(?!type$)/,
];
const CATALOG_LEFT_OUT = [/^\d+\.(?!id$|tags)/];

/** Whether an objection of the schema is of a sort that the browser leaves to `inkling pack`. */
function isLeftOut({ code, path, origin, input }: Issue, places: readonly RegExp[]): boolean {
  if (places.some((place) => place.test(path.join('.')))) return true;
  if (code === 'unrecognized_keys' || code === 'invalid_format' || code === 'custom') return true;
  if (code === 'too_small' || code === 'too_big') return origin === 'string' || origin === 'array';
  // An enumeration, or the name of a kind: any text will do for the browser at first.
  if (code === 'invalid_union') {
    const { type, [path.at(-1) ?? '']: named = type } = Object(input);
    return typeof named === 'string';
  }
  return code === 'invalid_value' && typeof input === 'string';
}

test('whatever pack is in order, both checks accept', () => {
  fc.assert(
    fc.property(arbitraryPack, (pack) => {
      expect(packSchema.safeParse(pack).error?.issues).toBeUndefined();
      expect(readPack(bytesOf(pack), { now })).toEqual(parseJson(bytesOf(pack), 'pack.json'));
    }),
    propertyRuns(0.25),
  );
});

/** @returns whether the browser accepts, and whether the schema does */
function compared(value: unknown): { readonly lean: boolean; readonly whole: boolean } {
  const issues = packSchema.safeParse(value, { reportInput: true }).error?.issues ?? [];
  const lean = leanAccepts(() => checkPack(value, { now }));
  const objections = issues.filter((issue) => !isLeftOut(issue as Issue, LEFT_OUT));
  if (lean) expect(objections).toEqual([]);
  else expect(issues).not.toEqual([]);
  return { lean, whole: issues.length === 0 };
}

test('both checks accept a damaged pack, or both refuse it, but for what is left to the command line', () => {
  const verdicts = { accepted: 0, refused: 0, left: 0 };
  fc.assert(
    fc.property(
      fc.oneof(arbitraryPack, mutated(arbitraryPack), mutated(arbitraryPack), fc.jsonValue()),
      (value) => {
        const { lean, whole } = compared(value);
        verdicts[whole ? 'accepted' : lean ? 'left' : 'refused']++;
      },
    ),
    propertyRuns(),
  );
  // Each verdict is reached often, so that none of the above is true of nothing.
  for (const count of Object.values(verdicts)) expect(count).toBeGreaterThan(20);
});

test('so they do for every part of a pack, dropped or replaced by whatever else JSON has', () => {
  let refused = 0;
  for (const pack of fc.sample(arbitraryPack, { seed: 3, numRuns: 4 })) {
    for (const damaged of eachDamage(pack)) if (!compared(damaged).lean) refused++;
  }
  expect(refused).toBeGreaterThan(1000);
});

test('the same of catalogs', () => {
  fc.assert(
    fc.property(fc.oneof(arbitraryCatalog, mutated(arbitraryCatalog)), (value) => {
      fc.pre(value !== undefined);
      const bytes = bytesOf(value);
      const { error } = catalogSchema.safeParse(parseJson(bytes, 'catalog'), { reportInput: true });
      const lean = leanAccepts(() => readCatalog(bytes));
      const objections = error?.issues.filter((issue) => !isLeftOut(issue as Issue, CATALOG_LEFT_OUT)) ?? [];
      if (lean) expect(objections).toEqual([]);
      else expect(error).toBeDefined();
    }),
    propertyRuns(),
  );
});

test('any bytes give a pack or an InklingError', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array(),
        fc.json().map((text) => new TextEncoder().encode(text)),
      ),
      (bytes) => {
        leanAccepts(() => readPack(bytes, { now }));
      },
    ),
    propertyRuns(),
  );
});

test('no JSON, however written, gives an object a prototype of its own', () => {
  const names = fc.constantFrom(
    '"__proto__"',
    '"\\u005f_proto__"',
    '"__prot\\u006f__"',
    '"proto"',
    '"a\\nb"',
  );
  fc.assert(
    fc.property(names, fc.json(), (name, value) => {
      const parsed = parseJson(new TextEncoder().encode(`{"a":{${name}:${value}}}`), 'x') as { a: object };
      const copy = Object.assign({}, parsed.a);
      expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
      expect(Object.keys(copy)).toHaveLength(/proto__|prot\\u006f/.test(name) ? 0 : 1);
    }),
    propertyRuns(0.25),
  );
});
