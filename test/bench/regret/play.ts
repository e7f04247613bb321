import { createContext, decide, emptyProfile, type PolicySpec, type Posterior, prng } from '@inkling/core';
import { createAdapter, learn } from '@inkling/core/adapt';
import { fullSlateKinds } from '@inkling/core/full';
import { uniformFrom } from './random.ts';
import type { World } from './world.ts';

export interface Learning {
  readonly priorDeviation: number;
  readonly forgetting: number;
}

export interface Played {
  /** After each round, what the best choice would have been worth by then, in successes. */
  readonly best: Float64Array;
  /** And what the choices made were worth: expected successes, so that luck with an outcome does not count. */
  readonly made: Float64Array;
}

/** One visitor's rounds with a policy. The visitor, the outcomes' coins and the policy's coins are streams of their
 * own, so that two policies meet the same visitor with the same luck.
 * @param learning absent for the ranker alone; the policy then draws from the prior */
export function play(world: World, seed: string, policy: PolicySpec, learning: Learning | undefined): Played {
  const { encoder, scorer, columns, tellsFailure } = world;
  const output = 'probability';
  const names = columns.map((column) => `column-${column}`);
  const adapter = createAdapter({ columns, names, priorDeviation: 0.5, forgetting: 1, ...learning }, output);
  const luck = prng(seed, 'outcome');
  const best: number[] = [];
  const made: number[] = [];
  let posterior: Posterior = {};
  for (const { items, pleases } of world.visitor(seed)) {
    const decision = decide({
      slot: { id: 'choice', kind: 'list', k: 1, decide: 'client', policy, rules: [] },
      candidates: items.map((item) => ({ item, source: 'popular' })),
      authored: [],
      context: createContext(),
      profile: { ...emptyProfile(0, seed), posterior },
      encoder,
      scorer,
      output,
      adapter,
      slateKinds: fullSlateKinds,
      arm: 'personalized',
      shown: new Set(),
      seed: `${seed} round ${made.length}`,
      now: 0,
    });
    const item = decision.slate.items[0]?.id as string;
    const worth = pleases[items.findIndex(({ id }) => id === item)] as number;
    best.push((best.at(-1) ?? 0) + Math.max(...pleases));
    made.push((made.at(-1) ?? 0) + worth);
    const success = uniformFrom(luck) < worth;
    if (!learning) continue;
    const type = success ? 'click' : 'dismiss';
    posterior = learn(posterior, {
      decision,
      events: success || tellsFailure ? [{ type, item, at: 0 }] : [],
    });
  }
  return { best: Float64Array.from(best), made: Float64Array.from(made) };
}
