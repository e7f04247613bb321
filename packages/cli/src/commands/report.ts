import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { describe } from '@inkling/core/describe';
import { createFullEncoder } from '@inkling/core/full';
import { Command } from 'commander';
import { checkOutputFile } from '../check-output.ts';
import type { Example } from '../dataset/build-dataset.ts';
import { cardTextSchema } from '../pack/card-text.ts';
import { readJson } from '../read-json.ts';
import { createCoverage } from '../report/coverage.ts';
import { groupImportance } from '../report/importance.ts';
import { modelCost } from '../report/model-cost.ts';
import { renderReport } from '../report/render-report.ts';
import { writeAtomically } from '../write-atomically.ts';
import { type EvaluateCommand, measureFiles, withEvaluateOptions } from './evaluate.ts';
import { print } from './print.ts';

/** Importance asks the ranker again for every group of features. */
const IMPORTANCE_LISTS = 5000;

export interface ReportCommand extends EvaluateCommand {
  readonly out: string;
  /** What a person says of the model. */
  readonly card?: string;
  /** @default 'Ranker report' */
  readonly title?: string;
  readonly now: () => Date;
}

export function reportCommand(): Command {
  return withEvaluateOptions(
    new Command('report').description('measure a ranker and write it all into one HTML page, to forward'),
  )
    .requiredOption('--out <file>', 'report.html: needs no network, prints well')
    .option('--card <file>', 'what you say of the model: summary, data, intendedUse, limits')
    .option('--title <text>', 'headline of the page')
    .action(async (options: ReportCommand) => {
      const { bytes } = await runReport({ ...options, now: () => new Date() });
      print(`${options.out}  ${bytes} B`);
    });
}

/** `inkling report`: writes one self-contained page. @throws CliError */
export async function runReport(options: ReportCommand): Promise<{ readonly bytes: number }> {
  const { title = 'Ranker report', out, card, now } = options;
  await checkOutputFile(out);
  // Read first: measuring takes longer.
  const words = card === undefined ? undefined : await readJson(card, cardTextSchema);
  const coverage = createCoverage();
  const sample: Example[] = [];
  const { evaluation, spec, bytes, ranker } = await measureFiles(options, (example, scorer) => {
    const { list, features } = example;
    coverage.add(list, scorer(features, list.items.length));
    if (sample.length < IMPORTANCE_LISTS) sample.push(example);
  });
  const encoder = createFullEncoder(spec);
  const page = renderReport({
    title,
    createdAt: now(),
    evaluation,
    card: words,
    importance: groupImportance(sample, encoder, ranker.scorer),
    coverage: coverage.finish(),
    cost: modelCost(bytes, ranker.scorer, encoder.width),
    features: describe(encoder.spec),
    training: JSON.parse(ranker.metadata['inkling.training'] ?? '{}'),
    provenance: await provenanceOf(options),
  });
  await writeAtomically(out, page);
  return { bytes: Buffer.byteLength(page) };
}

/** Every file that the figures come from. */
function provenanceOf(options: ReportCommand) {
  const { model, spec, impressions, mapping, catalog, training, popularity, neighbours, card } = options;
  const files = Object.entries({
    'the model': model,
    'its feature spec': spec,
    'lists measured on': impressions,
    'what their columns mean': mapping,
    'the catalog': catalog,
    'the training log': training,
    'the popularity': popularity,
    'which items go together': neighbours,
    'what the author says': card,
  });
  return Promise.all(
    files.flatMap(([what, file]) =>
      file === undefined ? [] : [sha256Of(file).then((sha256) => ({ what, file, sha256 }))],
    ),
  );
}

/** Of a file that may be larger than memory. */
async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
