// Run by `flat-memory.test.ts` in a process of its own: FOLDER. Trains on its log.csv as `inkling train` does, measures as
// `inkling evaluate` does, and prints the most that it held, in bytes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  crossFittedFrom,
  encodeLog,
  evaluateRanker,
  loadScorer,
  mappingSchema,
  openLog,
  streamExamples,
  trainRanker,
} from '@inkling/cli';
import { featureSpecSchema } from '@inkling/core/pack-schema';
import { predictionsIn } from '../../packages/cli/src/evaluate/predictions.ts';

const file = (name: string) => join(process.argv[2] ?? '', name);
const json = (name: string): unknown => JSON.parse(readFileSync(file(name), 'utf8'));
const spec = featureSpecSchema.parse(json('spec.json'));
// Little enough for the smaller log to need all of it, too.
const opened = await openLog(file('log.csv'), mappingSchema.parse(json('mapping.json')), {
  memoryBytes: 24_000_000,
});
const lists = await encodeLog(opened, spec);
const { model } = await trainRanker(lists, spec, { model: 'linear', loss: 'pointwise', epochs: 1 });
const popularityOf = await crossFittedFrom(opened, spec);
await evaluateRanker(
  streamExamples(opened, spec, { popularityOf }),
  await loadScorer('ranker.onnx', model, spec),
  {
    popularity: lists.popularity,
    output: 'logit',
    predictions: await predictionsIn(opened.database),
    groups: ['device.form'],
  },
);
await opened.close();
process.stdout.write(String(process.resourceUsage().maxRSS * 1024));
