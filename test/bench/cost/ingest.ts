// Run by the bench `cost` in a process of its own, whose memory is measured: LOG MAPPING SPEC.
import { readFileSync } from 'node:fs';
import { encodeLog, mappingSchema, openLog } from '@inkling/cli';
import { featureSpecSchema } from '@inkling/core/pack-schema';

const [log = '', mapping = '', spec = ''] = process.argv.slice(2);
const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const started = performance.now();
const opened = await openLog(log, mappingSchema.parse(json(mapping)));
const read = performance.now();
const { train, validation } = await encodeLog(opened, featureSpecSchema.parse(json(spec)));
const encoded = performance.now();
let items = 0;
for (const lists of [train, validation]) {
  for await (const batch of lists.batches(128, 'cost')) for (const list of batch) items += list.labels.length;
}
const trained = performance.now();
await opened.close();
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
process.stdout.write(
  JSON.stringify({
    lists: train.count + validation.count,
    items,
    readSeconds: (read - started) / 1000,
    encodeSeconds: (encoded - read) / 1000,
    epochSeconds: (trained - encoded) / 1000,
    processorSeconds: (userCPUTime + systemCPUTime) / 1e6,
    megabytes: maxRSS / 1024,
  }),
);
