import { inspect } from '@inkling/onnx/inspect';
import { type Rule, sayRule } from '../rules/rule.ts';
import { rulesSchema } from '../rules/rules-schema.ts';

/** The declared affinities a model was compiled from, as its metadata says; none of a model that learnt. */
export function rulesOf(model: Uint8Array): readonly Rule[] {
  const text = inspect(model).metadata['inkling.rules'];
  if (text === undefined) return [];
  try {
    return rulesSchema.safeParse(JSON.parse(text)).data ?? [];
  } catch {
    // Somebody else's entry of that name.
    return [];
  }
}

/** What the model card says of them after its own words; empty for a model that learnt. */
export function rulesSentence(model: Uint8Array): string {
  const rules = rulesOf(model);
  return rules.length === 0 ? '' : ` Rules: ${rules.map(sayRule).join('; ')}.`;
}
