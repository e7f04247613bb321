import { featureSpecSchema } from '@inkling/core/pack-schema';
import { Command } from 'commander';
import { checkOutputFile } from '../check-output.ts';
import { featuresSql } from '../dataset/features-sql.ts';
import { type WrittenFeatures, writeFeatures } from '../dataset/write-features.ts';
import { readJson } from '../read-json.ts';
import { type LogFiles, loadNeighbours, openLogFiles, withLogOptions } from './log-files.ts';
import { print } from './print.ts';

export interface FeaturesCommand extends LogFiles {
  /** A .parquet file. */
  readonly out: string;
}

export function featuresCommand(): Command {
  const command = new Command('features').description('encode a log as Parquet, for training elsewhere');
  return withLogOptions(command)
    .requiredOption('--out <file>', 'features.parquet')
    .option('--sql', 'print instead, as plain SQL, the features that can be said in it')
    .on('option:sql', () => {
      print(featuresSql);
      // Like --help, it needs no other option.
      process.exit(0);
    })
    .action(async (options: FeaturesCommand) => {
      const { rows, columns } = await runFeatures(options);
      print(`${rows} rows of ${columns.length} features`);
    });
}

/** `inkling features`: writes what a ranker learns from as Parquet. */
export async function runFeatures({ out, spec, ...files }: FeaturesCommand): Promise<WrittenFeatures> {
  await checkOutputFile(out, '.parquet');
  const checked = await readJson(spec, featureSpecSchema);
  const opened = await openLogFiles(files);
  try {
    return await writeFeatures(opened, checked, { out, neighboursOf: await loadNeighbours(files) });
  } finally {
    await opened.close();
  }
}
