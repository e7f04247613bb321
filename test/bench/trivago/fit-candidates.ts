import {
  buildDataset,
  encodedInMemory,
  fingerprint,
  type Log,
  loadScorer,
  measure,
  rankBy,
  splitByVisitor,
  trainNetwork,
  trainTrees,
  writeOnnx,
  writeTrees,
} from '@inkling/cli';
import type { AnyFeatureSpec, Scorer } from '@inkling/core';
import { mergeNetworks } from './merge-networks.ts';

export interface FittedRanker {
  readonly name: string;
  readonly model: Uint8Array;
  readonly scorer: Scorer;
  /** MRR on the validation lists. */
  readonly validation: number;
  /** What fitting took. */
  readonly seconds: number;
}

/** Share of the training part's visitors that only say when to stop, and which ranker is the best. */
const VALIDATION = 0.15;

/** Fits one ranker of each kind to the training part, the best on its validation visitors first. */
export async function fitRankers(log: Log, spec: AnyFeatureSpec): Promise<readonly FittedRanker[]> {
  const { width, examples } = buildDataset(log, spec, () => undefined);
  const [train, validation] = splitByVisitor(examples, VALIDATION);
  const metadata = { 'inkling.spec': fingerprint(spec), 'inkling.output': 'utility' };
  const network = (hidden: readonly number[], seeds: readonly string[]) => async () => {
    const options = { hidden, epochs: 14, patience: 14, learningRate: 0.003, onEpoch: tell('epoch') };
    const fitted = seeds.map((seed) => trainNetwork(width, train, validation, { ...options, seed }));
    return writeOnnx(mergeNetworks(fitted), metadata);
  };
  const kinds: Readonly<Record<string, () => Promise<Uint8Array>>> = {
    linear: network([], ['a']),
    // In cross-validation one alone gained a sixth less: so small a log leaves each to its own noise.
    mlp: network([16, 8], ['a', 'b', 'c', 'd', 'e']),
    async trees() {
      const lists = encodedInMemory(width, train);
      const options = { leaves: 8, columnShare: 0.3, trees: 400, patience: 400, onTree: tell('tree') };
      return writeTrees(await trainTrees(lists, encodedInMemory(width, validation), options), metadata);
    },
  };
  const fitted: FittedRanker[] = [];
  for (const [name, fit] of Object.entries(kinds)) {
    const start = performance.now();
    const model = await fit();
    const seconds = (performance.now() - start) / 1000;
    const scorer = await loadScorer(`${name}.onnx`, model, spec);
    const values = validation.map(({ list: { labels }, features }) => {
      return measure(rankBy(scorer(features, labels.length)), labels, 10).mrr;
    });
    const mrr = values.reduce((a, b) => a + b, 0) / values.length;
    process.stderr.write(`\n${name}: validation MRR ${mrr.toFixed(4)}\n`);
    fitted.push({ name, model, scorer, validation: mrr, seconds });
  }
  return fitted.sort((a, b) => b.validation - a.validation);
}

function tell(what: 'epoch' | 'tree') {
  return (progress: { readonly mrr: number; readonly epoch?: number; readonly tree?: number }) => {
    process.stderr.write(`\r${what} ${progress[what]}  validation MRR ${progress.mrr.toFixed(4)} `);
  };
}
