// Run by the bench `cost` in a process of its own, whose memory is measured: LOG MAPPING SPEC.
import { readFileSync } from 'node:fs';
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

const [log = '', mapping = '', spec = ''] = process.argv.slice(2);
const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const started = performance.now();
const opened = await openLog(log, mappingSchema.parse(json(mapping)));
const read = performance.now();
const features = featureSpecSchema.parse(json(spec));
const lists = await encodeLog(opened, features);
const encoded = performance.now();
const peak = () => process.resourceUsage().maxRSS / 1024;
const encodeMegabytes = peak();
const { model } = await trainRanker(lists, features, { epochs: 1 });
const trained = performance.now();
// As `inkling evaluate` measures a log: read from disk, encoded and scored once more.
const examples = streamExamples(opened, features, { popularityOf: await crossFittedFrom(opened, features) });
await evaluateRanker(examples, await loadScorer('ranker.onnx', model, features), {
  popularity: lists.popularity,
});
const evaluated = performance.now();
let items = 0;
for (const part of [lists.train, lists.validation]) {
  for await (const batch of part.batches(128, 'cost')) for (const list of batch) items += list.labels.length;
}
await opened.close();
const { userCPUTime, systemCPUTime } = process.resourceUsage();
process.stdout.write(
  JSON.stringify({
    lists: lists.train.count + lists.validation.count,
    items,
    readSeconds: (read - started) / 1000,
    encodeSeconds: (encoded - read) / 1000,
    trainSeconds: (trained - encoded) / 1000,
    evaluateSeconds: (evaluated - trained) / 1000,
    processorSeconds: (userCPUTime + systemCPUTime) / 1e6,
    encodeMegabytes,
    megabytes: peak(),
  }),
);
