import { type Candidate, type DecideRequest, type Decision, decide, type Scorer } from '@inkling/core';
import { explain } from '@inkling/core/explain';
import { createLeanSession } from '@inkling/onnx/lean';
import type { SideSession } from '../../onnx/page/side.ts';
import { createShop, NOW } from '../shop.ts';

/** How a decision is made here. */
export interface DecisionTask {
  /** Items of the catalog. */
  readonly catalog: number;
  readonly candidates: number;
}

/** Milliseconds of one run each, in order. */
export interface DecisionTimes {
  /** The bare run of onnxruntime-web over 500 rows, between the decisions. */
  readonly reference: readonly number[];
  readonly decision: readonly number[];
  readonly explained: readonly number[];
}

/** The parts of a decision, each alone on what the one before it made. */
type Stages = Readonly<Record<string, () => unknown>>;

const ROUNDS = 30;
const RUNS = 10;
/** Rows of the reference. */
const ROWS = 500;
/** More than these the catalog does not give: they are handed in, as a slot's own children are. */
const MOST_GATHERED = 500;

interface Bench {
  readonly stages: Stages;
  measure(): Promise<DecisionTimes>;
}

/** @param ort a session of the same model, and its library's tensors */
export function createBench(
  { catalog, candidates: limit }: DecisionTask,
  model: Uint8Array,
  ort: { readonly session: SideSession; readonly feeds: (features: Float32Array, rows: number) => object },
): Bench {
  const shop = createShop(catalog);
  const { encoder, profile, context, slot } = shop;
  const session = createLeanSession(model);
  const scorer: Scorer = (features, rows) =>
    session.runSync({ features: { type: 'float32', data: features, dims: [rows, encoder.width] } }).score
      ?.data as Float32Array;
  const given = shop.catalog.slice(0, limit).map((item): Candidate => ({ item, source: 'authored' }));
  const gather = (run: number): readonly Candidate[] =>
    limit > MOST_GATHERED
      ? given
      : shop.gather({ profile, context, now: NOW, seed: `run ${run}`, slot: slot.id, limit });
  const authored = shop.catalog.slice(0, slot.k).map(({ id }) => id);
  const requestOf = (run: number, candidates: readonly Candidate[]): DecideRequest => ({
    slot,
    candidates,
    authored,
    context,
    profile,
    encoder,
    scorer,
    arm: 'personalized',
    shown: new Set(),
    seed: `run ${run}`,
    now: NOW,
  });
  let run = 0;
  const decideOnce = (): Decision => {
    run++;
    const decision = decide(requestOf(run, gather(run)));
    if (decision.slate.source !== 'ranker') throw new Error(JSON.stringify(decision.diagnostics));
    return decision;
  };
  const explainFirst = (decision: Decision) => {
    const { reasons } = explain(decision, decision.chosen.find(({ via }) => via === 'rank')?.id as string);
    if (reasons.length === 0) throw new Error('nothing is explained');
  };

  const first = decideOnce();
  const { request, ranking } = first;
  const items = request.candidates.map(({ item }) => item);
  if (!ranking || items.length !== limit) throw new Error(`${items.length} candidates instead of ${limit}`);
  const fixed = { ...request, ranking };
  const features = Float32Array.from(
    { length: ROWS * encoder.width },
    (_, i) => ranking.features[i % ranking.features.length] as number,
  );
  const feeds = ort.feeds(features, ROWS);

  return {
    stages: {
      ...(limit > MOST_GATHERED ? {} : { gather: () => gather(++run) }),
      encode: () => encoder.encode({ context, profile, items, now: NOW }),
      score: () => scorer(ranking.features, items.length),
      slate: () => decide(fixed),
      explain: () => explainFirst(first),
    },
    async measure() {
      const times = { reference: [] as number[], decision: [] as number[], explained: [] as number[] };
      const sides = [
        async () => {
          for (let i = 0; i < RUNS; i++) {
            const start = performance.now();
            await ort.session.run(feeds);
            times.reference.push(performance.now() - start);
          }
        },
        () => timeEach(times.decision, decideOnce),
        () => timeEach(times.explained, () => explainFirst(decideOnce())),
      ];
      const all = async (round: number) => {
        for (const side of round % 2 ? sides.toReversed() : sides) await side();
      };
      // What the first runs took is not what later ones take.
      for (let round = 0; round < ROUNDS / 3; round++) await all(round);
      for (const list of Object.values(times)) list.length = 0;
      for (let round = 0; round < ROUNDS; round++) await all(round);
      return times;
    },
  };
}

/** Adds to the times those of some runs, each alone. */
export function timeEach(times: number[], once: () => unknown, runs = RUNS): void {
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    once();
    times.push(performance.now() - start);
  }
}
