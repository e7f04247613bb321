import { join } from 'node:path';
import { catalogSchema, featureSpecSchema } from '@inkling/core/pack-schema';
import color from 'picocolors';
import { checkOutputFolder } from '../check-output.ts';
import { CliError } from '../cli-error.ts';
import { encodeLog } from '../dataset/encode-log.ts';
import { oneALine } from '../one-a-line.ts';
import { readJson } from '../read-json.ts';
import { compileRules } from '../rules/compile-rules.ts';
import { type JudgedRule, judgeRules } from '../rules/judge-rules.ts';
import { ruleFindings } from '../rules/rule-findings.ts';
import { rulesRanker } from '../rules/rules-ranker.ts';
import { rulesSchema } from '../rules/rules-schema.ts';
import { writeAtomically } from '../write-atomically.ts';
import { type LogFiles, openLogFiles } from './log-files.ts';
import { print, say } from './print.ts';

export interface TrainFromRulesCommand {
  readonly fromRules: string;
  /** A feature spec whose groups, phrases and half-life are taken. */
  readonly spec?: string;
  /** The items that the rules speak of, to find words that none of them has. */
  readonly catalog?: string;
  /** Refused: rules are compiled, not fitted. */
  readonly impressions?: string;
  readonly out: string;
}

export interface RulesReport {
  /** In force, one line each. */
  readonly rules: number;
  readonly columns: number;
  /** What is allowed and yet worth a look, one line each. */
  readonly findings: readonly string[];
}

/** `inkling train --from-rules`: writes ranker.onnx, features.json and rules.json into a folder. */
export async function runTrainFromRules(options: TrainFromRulesCommand): Promise<RulesReport> {
  const { fromRules, spec: words, catalog, impressions, out } = options;
  if (impressions) {
    throw new CliError(
      impressions,
      '',
      'no log beside --from-rules',
      'one; --rules says what it says of them',
    );
  }
  await checkOutputFolder(out);
  const declared = await readJson(fromRules, rulesSchema);
  const items = catalog ? await readJson(catalog, catalogSchema) : undefined;
  const { model, spec, rules, width } = rulesRanker(
    declared,
    fromRules,
    words ? await readJson(words, featureSpecSchema) : undefined,
  );
  const retired = declared.filter((rule) => rule.retired !== undefined);
  await writeAtomically(join(out, 'features.json'), `${JSON.stringify(spec, null, 2)}\n`);
  await writeAtomically(join(out, 'rules.json'), oneALine([...rules, ...retired]));
  await writeAtomically(join(out, 'ranker.onnx'), model);
  return { rules: rules.length, columns: width, findings: items ? ruleFindings(rules, items) : [] };
}

/** `inkling train --rules`: what a log says of declared affinities. */
export async function runJudgeRules(
  options: LogFiles & { readonly rules: string },
): Promise<readonly JudgedRule[]> {
  const words = await readJson(options.spec, featureSpecSchema);
  const compiled = compileRules(await readJson(options.rules, rulesSchema), options.rules, words);
  const opened = await openLogFiles(options);
  try {
    const { train } = await encodeLog(opened, compiled.spec, { share: 0 });
    return await judgeRules(compiled, train);
  } finally {
    await opened.close();
  }
}

export function sayRulesReport({ rules, columns, findings }: RulesReport): void {
  print(`${rules} rules, ${columns} columns: ranker.onnx, features.json, rules.json`);
  for (const finding of findings) say(`${color.yellow('note')} ${finding}`);
}
