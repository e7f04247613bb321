import { isSignalPath } from '@inkling/core';
import { z } from 'zod';
import { ConditionError, readConditions } from './conditions.ts';
import { type Rule, STRENGTHS, type Strength, targetOf } from './rule.ts';
import { STANDING_TARGETS } from './standing-targets.ts';

const TARGETS = Object.keys(STANDING_TARGETS);
const TARGET = `tag:…, item:…, group:…, attribute:NAME=VALUE or one of ${TARGETS.join(', ')}`;

const text = z.string().min(1);
const target = text.refine(
  (value) => TARGETS.includes(value) || /^((tag|item|group):.+|attribute:[^=]+=.+)$/s.test(value),
  `expected ${TARGET}`,
);
const strengths = Object.keys(STRENGTHS) as Strength[];

const ruleSchema: z.ZodType<Rule> = z
  .strictObject({
    when: z
      .record(z.string(), z.union([text, z.array(text).min(1).readonly()]))
      .readonly()
      .exactOptional(),
    prefer: target.exactOptional(),
    avoid: target.exactOptional(),
    strength: z.enum(strengths),
    because: text,
    days: z.number().positive().exactOptional(),
    retired: z.iso.date().exactOptional(),
  })
  .readonly()
  .check(({ value, issues }) => {
    for (const [path, message] of faultsOf(value)) {
      issues.push({ code: 'custom', input: value[path], path: [path], message: `expected ${message}` });
    }
  });

/** rules.json: declared affinities, one a line. */
export const rulesSchema: z.ZodType<readonly Rule[]> = z.array(ruleSchema).readonly();

function* faultsOf(rule: Rule): Generator<readonly [path: keyof Rule, message: string]> {
  if ((rule.prefer === undefined) === (rule.avoid === undefined)) {
    yield ['prefer', 'one of prefer and avoid'];
    return;
  }
  const isStanding = TARGETS.includes(targetOf(rule));
  const hasConditions = Object.keys(rule.when ?? {}).length > 0;
  if (isStanding && hasConditions) {
    yield [
      'when',
      `no condition with ${targetOf(rule)}, or a tag, an item, a group or an attribute with one`,
    ];
  }
  if (rule.days !== undefined && targetOf(rule) !== 'new') yield ['days', 'days with the target new only'];
  try {
    readConditions(rule.when);
  } catch (cause) {
    if (!(cause instanceof ConditionError)) throw cause;
    yield ['when', cause.message];
  }
  for (const [, name = ''] of rule.because.matchAll(/\{([^}]*)\}/g)) {
    // The words of `{tags}` are those of the visitor's taste, or of a feature without conditions.
    const isTags = name === 'tags' && !hasConditions;
    if (!isTags && !isSignalPath(name))
      yield ['because', `words, or the name of a signal, in place of {${name}}`];
  }
}
