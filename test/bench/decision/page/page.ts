import { fetchBytes } from '../../onnx/page/fetch-model.ts';
import type { SideModule } from '../../onnx/page/side.ts';
import { createBench, type DecisionTask, type DecisionTimes, timeEach } from './measure.ts';

declare global {
  interface Window {
    readonly decisions: {
      /** Makes ready what a page is asked for; gives the names of the stages. */
      open(task: DecisionTask): Promise<readonly string[]>;
      measure(): Promise<DecisionTimes>;
      /** Milliseconds of that many runs of a stage. */
      run(stage: string, runs: number): readonly number[];
    };
  }
}

let bench: ReturnType<typeof createBench> | undefined;

Object.assign(window, {
  decisions: {
    async open(task) {
      const url = '/ort/ort.wasm.bundle.min.mjs';
      const { InferenceSession, Tensor, env }: SideModule & { env: { wasm: object } } = await import(url);
      Object.assign(env.wasm, { numThreads: 1 });
      const model = await fetchBytes('/models/ranker.onnx');
      bench = createBench(task, model, {
        session: await InferenceSession.create(model.slice()),
        feeds: (features, rows) => ({
          features: new Tensor('float32', features, [rows, features.length / rows]),
        }),
      });
      return Object.keys(bench.stages);
    },
    measure: async () => (await bench?.measure()) as DecisionTimes,
    run(stage, runs) {
      const times: number[] = [];
      timeEach(times, bench?.stages[stage] as () => unknown, runs);
      return times;
    },
  } satisfies Window['decisions'],
});
