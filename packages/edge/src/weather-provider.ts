import type { ContextPatch } from '@inkling/core';

/** What is known of the weather in a cell: bands, not measurements. A field that is not known is left out. */
export type CellWeather = NonNullable<ContextPatch['weather']>;

/** A source of current weather. It may fail, hang or talk nonsense: pages never wait for it. */
export interface WeatherProvider {
  /** Tells cached answers of different sources apart, e.g. `open-meteo`. */
  readonly id: string;
  /** After this long a call counts as failed. Milliseconds. */
  readonly timeoutMs: number;
  /** For this long an answer is used without asking again. Milliseconds. */
  readonly ttlMs: number;
  /** For this long an answer is used while a newer one is sought. Milliseconds. */
  readonly staleMs: number;
  /** For this long a failed call is not repeated. Milliseconds. */
  readonly negativeTtlMs: number;
  /** At most so many calls a day, UTC, of each isolate. @default no limit */
  readonly dailyCalls?: number | undefined;
  /**
   * Asks the source once; rejects when it gives nothing usable. Where the reason has
   * `retryAfterMs`, a number of milliseconds, the source is not asked before.
   *
   * @param point Centre of a 0.25° cell in degrees, the only place that is ever sent.
   */
  read(point: WeatherPoint, call: WeatherCall): Promise<CellWeather>;
}

export interface WeatherPoint {
  readonly latitude: number;
  readonly longitude: number;
}

export interface WeatherCall {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Aborted once the answer is no longer waited for. */
  readonly signal: AbortSignal;
}
