import { z } from 'zod';
import type { Match, RuleSpec } from '../slate/rule.ts';
import { text } from './parts.ts';

const value = z.union([z.string(), z.number(), z.boolean()]);

/** Which items a rule speaks of: exactly one way of saying it. */
export const matchSchema: z.ZodType<Match> = z.union([
  z.strictObject({ item: text }),
  z.strictObject({ tag: text }),
  z.strictObject({ group: text }),
  z.strictObject({ attribute: text, value }),
]);

type Fields = Readonly<Record<string, z.ZodType>>;
const names: readonly Fields[] = [{ item: text }, { tag: text }, { group: text }, { attribute: text, value }];
const each: readonly Fields[] = [{ each: z.enum(['group', 'parent', 'tag']) }, { attribute: text }];
const relax = { relax: z.int().nonnegative().exactOptional() };

/** A type of rule, once for each way of saying which items it speaks of. */
function rule(type: RuleSpec['type'], fields: Fields, of: readonly Fields[] = [{}]): readonly z.ZodType[] {
  return of.map((name) => z.strictObject({ type: z.literal(type), ...fields, ...name, ...relax }));
}

const time = z.iso.date().or(z.iso.datetime()).exactOptional();
const max = z.int().nonnegative();

const rules = [
  rule('pin', { item: text, position: z.int().nonnegative() }),
  rule('only', {}, names),
  rule('exclude', {}, names),
  rule('stock', { attribute: text, atLeast: z.number().positive().exactOptional() }),
  rule('schedule', { from: time, until: time }, names),
  rule('boost', { factor: z.number().positive() }, names),
  rule('bury', {}, names),
  rule('cap', { max }, [...names, ...each]),
  rule('minimum', { min: z.int().positive() }, names),
  rule('visitor-cap', { max, days: z.int().positive() }, [...names, { each: z.enum(['item', 'slot']) }]),
];

/** One rule of a slot. */
// Every member has the shape of a RuleSpec; `rule` is too general to say so.
export const ruleSchema: z.ZodType<RuleSpec> = z.union(rules.flat(), {
  error: ({ input }) => `expected one of the rules of docs/slate.md, found ${JSON.stringify(input)}`,
}) as object as z.ZodType<RuleSpec>;
