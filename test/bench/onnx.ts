import { startChromium } from '../engines/chromium.ts';
import type { Engine } from '../engines/engine.ts';
import { startFirefox } from '../engines/firefox.ts';
import { startWebKit } from '../engines/webkit.ts';
import { sasRec } from '../onnx/exporters/sasrec.ts';
import type { Bench, BenchRow } from './bench.ts';
import type { BenchModel } from './onnx/bench-model.ts';
import { deepFm } from './onnx/deep-fm.ts';
import { benchInBrowser } from './onnx/in-browser.ts';
import { benchInWorkerd } from './onnx/in-workerd.ts';
import { perceptron } from './onnx/perceptron.ts';
import { collectFiles, ourEntries, serveBench } from './onnx/serve-bench.ts';
import { trees } from './onnx/trees.ts';

const ENGINES: Readonly<Record<string, () => Promise<Engine | undefined>>> = {
  chromium: startChromium,
  firefox: startFirefox,
  webkit: startWebKit,
};

/** The engine against onnxruntime-web: first scores in a fresh context, and warm runs, in the same browser. Every score
 * is compared before it is timed. Medians and quartiles.
 * `--in chromium,workerd` limits where; `--model perceptron-500` limits what. */
export const bench: Bench = async (args) => {
  const places = option(args, '--in')?.split(',') ?? [...Object.keys(ENGINES), 'workerd'];
  const chosen = option(args, '--model')?.split(',');
  const all: readonly BenchModel[] = [
    perceptron(500, [32, 64, 32, 1], 2),
    deepFm(),
    perceptron(10_000, [64, 128, 64, 1], 1),
    {
      id: 'sasrec',
      title: 'SASRec d=32 L=20',
      entry: 'full',
      target: 1,
      ...sasRec({ width: 32, length: 20, blocks: 2, heads: 2, items: 1000, candidates: 100, opset: 17 }),
    },
    trees(),
  ];
  const entries = ourEntries();
  const models = all.filter(({ id, entry }) => entries.includes(entry) && (chosen?.includes(id) ?? true));
  const files = await collectFiles(models);
  const server = await serveBench(files);
  const rows: BenchRow[] = [];
  try {
    for (const [place, start] of Object.entries(ENGINES)) {
      if (!places.includes(place)) continue;
      const engine = await start();
      if (!engine) {
        process.stderr.write(`${place} is not installed, so nothing is timed there.\n`);
        continue;
      }
      try {
        rows.push(...(await benchInBrowser(engine, server.origin, models)));
      } finally {
        await engine.close();
      }
    }
  } finally {
    await server.close();
  }
  if (places.includes('workerd')) rows.push(...(await benchInWorkerd(models)));
  return rows;
};

function option(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args[at + 1];
}
