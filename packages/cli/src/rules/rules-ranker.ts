import type { AnyFeatureSpec, FeatureSpec } from '@inkling/core';
import { fingerprint } from '../model/fingerprint.ts';
import { writeLayers } from '../train/write-onnx.ts';
import { compileRules } from './compile-rules.ts';
import type { Rule } from './rule.ts';
import { rulesNetwork } from './rules-network.ts';

export interface RulesRanker {
  readonly model: Uint8Array;
  readonly spec: FeatureSpec;
  /** What is in force, the standing rules last. */
  readonly rules: readonly Rule[];
  /** Columns of a row. */
  readonly width: number;
}

/** Compiles declared affinities into an ONNX ranker and its feature spec. The same rules give the same bytes. The rules in
 * force are in the model's metadata as `inkling.rules`, in JSON; `inkling.training` says that nothing was learnt.
 * @param file for messages
 * @throws CliError */
export function rulesRanker(rules: readonly Rule[], file: string, words?: AnyFeatureSpec): RulesRanker {
  const compiled = compileRules(rules, file, words);
  const inForce = compiled.rules.map(({ rule }) => rule);
  const model = writeLayers(rulesNetwork(compiled), {
    'inkling.spec': fingerprint(compiled.spec),
    'inkling.output': 'utility',
    'inkling.training': JSON.stringify({ rules: inForce.length, lists: 0 }),
    'inkling.rules': JSON.stringify(inForce),
  });
  return { model, spec: compiled.spec, rules: inForce, width: compiled.width };
}
