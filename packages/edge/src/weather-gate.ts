import type { WeatherProvider } from './weather-provider.ts';

/** Says when the source may be asked at all, whatever the cell. */
export interface WeatherGate {
  /** Whether it may be asked now; if so, that counts as asked. Epoch ms. */
  pass(now: number): boolean;
  succeeded(): void;
  /** @param cause May have `retryAfterMs`: it is not asked before that has gone by. */
  failed(now: number, cause: unknown): void;
  state(now: number): WeatherState;
}

export interface WeatherState {
  /** The circuit breaker: `open` while the source is left alone, `half-open` while one call finds out whether it is back. */
  readonly breaker: 'closed' | 'open' | 'half-open';
  /** So many calls since midnight, UTC. */
  readonly callsToday: number;
}

/** So many failures in a row, and the source is taken to be down. */
const FAILURES = 5;
const MAX_PAUSE_MS = 1_800_000;
const MAX_RETRY_AFTER_MS = 21_600_000;
const DAY_MS = 86_400_000;

/**
 * A circuit breaker and a budget. After five failures in a row the source is left alone for as long as a failed call of
 * one cell is, then twice as long, up to half an hour; after each pause one call finds out whether it is back. Breaker
 * and budget are this isolate's own: isolates share what they learn of a cell, not how often they ask.
 */
export function createWeatherGate({ negativeTtlMs, dailyCalls }: WeatherProvider): WeatherGate {
  let failures = 0;
  let isProbing = false;
  let pauseMs = negativeTtlMs;
  let closedUntil = Number.NEGATIVE_INFINITY;
  let day = 0;
  let calls = 0;

  /** A budget is of one day, UTC. */
  function turnDay(now: number): void {
    const today = Math.floor(now / DAY_MS);
    if (today !== day) [day, calls] = [today, 0];
  }

  return {
    pass(now) {
      turnDay(now);
      if (now < closedUntil || calls >= (dailyCalls ?? Number.POSITIVE_INFINITY)) return false;
      calls++;
      // Until this one call has come back, no other finds out.
      isProbing = failures >= FAILURES;
      if (isProbing) closedUntil = now + pauseMs;
      return true;
    },
    succeeded() {
      failures = 0;
      isProbing = false;
      pauseMs = negativeTtlMs;
      closedUntil = Number.NEGATIVE_INFINITY;
    },
    failed(now, cause) {
      failures++;
      // Calls that were under way when it was closed tell nothing new.
      if (failures === FAILURES || isProbing) {
        isProbing = false;
        closedUntil = now + pauseMs;
        pauseMs = Math.min(pauseMs * 2, Math.max(MAX_PAUSE_MS, negativeTtlMs));
      }
      const { retryAfterMs }: { readonly retryAfterMs?: unknown } = Object(cause);
      if (typeof retryAfterMs === 'number' && retryAfterMs > 0) {
        closedUntil = Math.max(closedUntil, now + Math.min(retryAfterMs, MAX_RETRY_AFTER_MS));
      }
    },
    state(now) {
      turnDay(now);
      const breaker = isProbing ? 'half-open' : now < closedUntil ? 'open' : 'closed';
      return { breaker, callsToday: calls };
    },
  };
}
