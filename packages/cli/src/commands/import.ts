import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { ModelOutput } from '@inkling/core';
import { createFullEncoder } from '@inkling/core/full';
import { catalogSchema, featureSpecSchema } from '@inkling/core/pack-schema';
import { InferenceSession } from '@inkling/onnx/auto';
import { type Inspection, inspect } from '@inkling/onnx/inspect';
import { createLeanSession } from '@inkling/onnx/lean';
import { Command, Option } from 'commander';
import color from 'picocolors';
import { checkOutputFolder } from '../check-output.ts';
import { CliError } from '../cli-error.ts';
import { checkContents } from '../import/check-contents.ts';
import { checkInterface } from '../import/check-interface.ts';
import { ImportRefused, type Refusal } from '../import/import-refused.ts';
import { smoke } from '../import/smoke.ts';
import { writeMetadata } from '../import/write-metadata.ts';
import { fingerprint } from '../model/fingerprint.ts';
import { readInput } from '../read-input.ts';
import { readJson } from '../read-json.ts';
import { writeAtomically } from '../write-atomically.ts';
import { print, say } from './print.ts';

export interface ImportCommand {
  readonly model: string;
  readonly spec: string;
  /** What the score means. */
  readonly output: ModelOutput;
  /** Items to try the model on. */
  readonly catalog?: string;
  readonly out: string;
  readonly now: () => Date;
}

export interface ImportReport {
  /** Of the file that was written. */
  readonly bytes: number;
  readonly brotliBytes: number;
  readonly parameters: number;
  /** The smallest engine: that of the script tag, the whole one that is loaded once, in the page. */
  readonly engine: 'script tag' | 'whole';
  /** Rows that were scored. */
  readonly rows: number;
  /** What is allowed and yet worth a look, one line each. */
  readonly findings: readonly string[];
}

export function importCommand(): Command {
  return new Command('import')
    .description('bring your own ONNX model: check it, try it, and name it after its feature spec')
    .argument('<model>', 'an ONNX file')
    .requiredOption('--spec <file>', 'feature spec whose columns it was trained on')
    .addOption(
      new Option('--output <meaning>', 'what its score means')
        .choices(['probability', 'logit', 'utility'])
        .makeOptionMandatory(),
    )
    .requiredOption('--out <folder>', 'where ranker.onnx and features.json go')
    .option('--catalog <file>', 'items to try it on')
    .action(async (model: string, options: Omit<ImportCommand, 'model' | 'now'>) => {
      const report = await runImport({ ...options, model, now: () => new Date() });
      const engine =
        report.engine === 'whole' ? 'the whole engine, loaded once' : 'the engine of the script tag';
      print(
        `${report.parameters} parameters, ${report.bytes} B, ${report.brotliBytes} B brotli; runs in ${engine}`,
      );
      print(`scored ${report.rows} rows, nothing known included: ${join(options.out, 'ranker.onnx')}`);
      for (const finding of report.findings) say(`${color.yellow('note')} ${finding}`);
    });
}

/** `inkling import`: writes ranker.onnx, the model with its spec's fingerprint and the meaning of its score in its
 * metadata, and features.json. @throws ImportRefused with all that is to be changed */
export async function runImport(options: ImportCommand): Promise<ImportReport> {
  const { model: file, output, now } = options;
  await checkOutputFolder(options.out);
  const spec = await readJson(options.spec, featureSpecSchema);
  const catalog = options.catalog ? await readJson(options.catalog, catalogSchema) : undefined;
  const bytes = await readInput(file);
  const encoder = createFullEncoder(spec);
  const name = fingerprint(spec);
  const inspection = inspected(file, bytes);
  refuse(file, [...checkContents(inspection, bytes.length, name), ...checkInterface(inspection, encoder)]);
  const session = await InferenceSession.create(bytes).catch((cause: Error) => {
    const change = /external/i.test(cause.message)
      ? 'keep the weights in the file: external_data=False in torch.onnx.export'
      : 'the README of @inkling/onnx lists what runs';
    const expected = 'a model that @inkling/onnx/full runs';
    throw new ImportRefused(file, [{ place: '', expected, found: cause.message, change }]);
  });
  const tried = smoke(session, encoder, { output, catalog, now: now().getTime() });
  refuse(file, tried.refusals);
  const named = writeMetadata(bytes, { 'inkling.spec': name, 'inkling.output': output });
  await writeAtomically(join(options.out, 'features.json'), `${JSON.stringify(spec, null, 2)}\n`);
  await writeAtomically(join(options.out, 'ranker.onnx'), named);
  const unused = inspection.outputs.filter((value) => value.name !== 'score').map((value) => value.name);
  return {
    bytes: named.length,
    brotliBytes: brotliCompressSync(named).length,
    parameters: inspection.parameters.count,
    engine: engineOf(named),
    rows: tried.rows,
    findings: [
      ...tried.findings,
      ...unused.map(
        (output) => `the output ${output} is computed and never read: leave it out of the export`,
      ),
    ],
  };
}

function inspected(file: string, bytes: Uint8Array): Inspection {
  try {
    return inspect(bytes);
  } catch (cause) {
    throw new CliError(file, '', 'an ONNX model', cause instanceof Error ? cause.message : String(cause));
  }
}

function refuse(file: string, refusals: readonly Refusal[]): void {
  const [first, ...others] = refusals;
  if (first) throw new ImportRefused(file, [first, ...others]);
}

function engineOf(bytes: Uint8Array): ImportReport['engine'] {
  try {
    createLeanSession(bytes);
    return 'script tag';
  } catch {
    return 'whole';
  }
}
