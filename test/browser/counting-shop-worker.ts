import type { Impression } from '@inkling/core/totals';
import {
  type AggregatorNamespace,
  type AssetsBinding,
  collector,
  InklingAggregator,
  type InklingWorker,
  inkling,
} from '@inkling/edge/cloudflare';

interface Env {
  readonly ASSETS: AssetsBinding;
  readonly INKLING_AGGREGATOR: AggregatorNamespace;
}

interface State {
  readonly storage: ConstructorParameters<typeof InklingAggregator>[0]['storage'];
}

/** The aggregator, which can also be looked into. */
export class LookedInto extends InklingAggregator {
  readonly #state: State;

  constructor(state: State) {
    super(state);
    this.#state = state;
  }

  override async fetch(request: Request): Promise<Response> {
    if (!request.url.endsWith('/look')) return super.fetch(request);
    const { sql } = this.#state.storage;
    return Response.json({
      cells: sql.exec('SELECT cell, batches, exposures, rewards FROM cells').toArray(),
      batches: sql.exec('SELECT id FROM batches').toArray(),
    });
  }
}

const impressions: Impression[] = [];

const counting: InklingWorker<Env> = inkling((env: Env) => ({
  collector: collector({
    aggregator: env.INKLING_AGGREGATOR,
    secret: 'the secret of the shop',
    slots: ['hero', 'grid', 'shelves'],
    shards: 1,
    impressions: (impression) => void impressions.push(impression),
  }),
}));

/** The shop with a collector; `/test/look` tells what was counted, `/test/impressions` what was given for research. */
export const worker: InklingWorker<Env> = {
  async fetch(request, env, context) {
    const { pathname } = new URL(request.url);
    if (pathname === '/test/impressions') return Response.json(impressions);
    if (pathname !== '/test/look') return counting.fetch(request, env, context);
    const id = env.INKLING_AGGREGATOR.idFromName('shard-0');
    return env.INKLING_AGGREGATOR.get(id as never).fetch('https://aggregator/look', { method: 'POST' });
  },
};
