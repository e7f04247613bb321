import {
  type AggregatorNamespace,
  type AggregatorStorage,
  collector,
  createEdge,
  type Edge,
  InklingAggregator,
} from '@inkling/edge';

interface Env {
  readonly INKLING_AGGREGATOR: AggregatorNamespace;
  /** Of the batches, the share on which an object is restarted in the middle of its work. */
  readonly RESTARTS: number;
}

interface State {
  readonly storage: AggregatorStorage;
  abort(why: string): void;
}

export const SHARDS = 4;
export const SECRET = 'the secret of the tests';

/** The aggregator, which can also be looked into, and which loses its memory and whoever waits for it now and then. */
export class TestAggregator extends InklingAggregator {
  readonly #state: State;
  readonly #restarts: number;

  constructor(state: State, { RESTARTS }: Env) {
    super(state);
    this.#state = state;
    this.#restarts = RESTARTS;
  }

  override async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const { sql } = this.#state.storage;
    if (pathname === '/look') {
      const all = (table: string) => sql.exec(`SELECT * FROM ${table}`).toArray();
      return Response.json({ cells: all('cells'), batches: all('batches'), sealed: all('sealed') });
    }
    if (pathname !== '/count' || Math.random() >= this.#restarts) return super.fetch(request);
    // Once in two the batch has been counted, and nobody is told so.
    if (Math.random() < 0.5) await super.fetch(request);
    this.#state.abort('restarted by the test');
    return Response.error();
  }
}

let edge: Edge | undefined;

/** The collector with a clock and an address that the test says. `/test/NAME/SHARD` asks an object of the test's own. */
export const worker = {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname } = new URL(request.url);
    const [, place, call, shard] = pathname.split('/');
    if (place === 'test') {
      const id = env.INKLING_AGGREGATOR.idFromName(`shard-${shard}`);
      return env.INKLING_AGGREGATOR.get(id as never).fetch(`https://aggregator/${call}`, { method: 'POST' });
    }
    edge ??= createEdge({
      origin: async () => new Response('the origin'),
      onDiagnostic: ({ code }) => said.push(code),
      collector: collector({
        aggregator: env.INKLING_AGGREGATOR,
        secret: SECRET,
        shards: SHARDS,
        slots: ['grid', 'hero', 'news'],
        impressions(impression) {
          if (impression.slot === 'broken') throw new Error('the sink is full');
          taken.push(impression);
        },
      }),
    });
    if (pathname === '/taken') return Response.json({ taken, said });
    const now = request.headers.get('test-now');
    return edge(request, {
      address: request.headers.get('test-address') ?? undefined,
      waitUntil: () => {},
      now: () => (now ? Number(now) : Date.now()),
      random: Math.random,
      fetch,
    });
  },
};

/** Impressions that the sink got, and codes of diagnostics. */
const taken: unknown[] = [];
const said: string[] = [];
