// Run by the bench `cost` in a process of its own: FILE. What fitting the networks of the hotel bench costs by itself.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeLogInMemory, fingerprint, fitRanker } from '@inkling/cli';
import { createFullEncoder } from '@inkling/core/full';
import { featureSpecSchema } from '@inkling/core/pack-schema';
import { NETWORKS } from '../trivago/fit-candidates.ts';
import { readTrivago } from '../trivago/read-trivago.ts';
import { splitByTime } from '../trivago/split-by-time.ts';

const features = join(import.meta.dirname, '../trivago/features.json');
const spec = featureSpecSchema.parse(JSON.parse(readFileSync(features, 'utf8')));
const { train } = splitByTime(await readTrivago(process.argv[2] ?? ''));
const lists = encodeLogInMemory(train, spec);
const before = process.cpuUsage();
const started = performance.now();
await fitRanker(
  { encoder: createFullEncoder(spec), spec: fingerprint(spec), ...lists },
  { model: 'mlp', ...NETWORKS },
);
const trainSeconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(before);
process.stdout.write(
  JSON.stringify({
    lists: lists.train.count,
    trainSeconds,
    processorSeconds: (user + system) / 1e6,
    megabytes: process.resourceUsage().maxRSS / 1024,
  }),
);
