import type { AggregatorCalls } from './aggregator-calls.ts';
import type { AggregatorStorage } from './aggregator-storage.ts';
import { createReleaseStore, createReleaseTables } from './release-store.ts';
import { createShard, createShardTables } from './shard.ts';

/** The Durable Object behind the collector, on SQLite: some count batches, one keeps what was released. A Worker exports
 * it, and binds it for `collector`. */
export class InklingAggregator {
  readonly #shard: ReturnType<typeof createShard>;
  readonly #calls: AggregatorCalls;

  constructor({ storage }: { readonly storage: AggregatorStorage }) {
    createShardTables(storage);
    createReleaseTables(storage);
    this.#shard = createShard(storage);
    this.#calls = { ...this.#shard, ...createReleaseStore(storage) };
  }

  /** Only Workers that bind the object reach it: the path is the name of a call, the body its argument. */
  async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    // Written by `callAggregator`, which the types of both hold together.
    const call = this.#calls[pathname.slice(1) as keyof AggregatorCalls] as (argument: unknown) => unknown;
    return Response.json((await call(await request.json())) ?? null);
  }

  async alarm(): Promise<void> {
    await this.#shard.close(Date.now());
  }
}
