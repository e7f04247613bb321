/** What is used of a Durable Object's SQLite storage
 * (https://developers.cloudflare.com/durable-objects/api/sqlite-storage-api/). */
export interface AggregatorStorage {
  readonly sql: {
    exec(
      query: string,
      ...bindings: readonly (string | number)[]
    ): { toArray(): Readonly<Record<string, unknown>>[] };
  };
  /** All of it happens, or nothing. */
  transactionSync<T>(run: () => T): T;
  getAlarm(): Promise<number | null>;
  /** @param at epoch ms */
  setAlarm(at: number): Promise<void>;
}
