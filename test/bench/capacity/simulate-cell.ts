import type { EdgePlatform, WeatherProvider } from '@inkling/edge';
import { createWeatherStore } from '../../../packages/edge/src/weather-store.ts';

export interface HotCell {
  /** Isolates of one data centre, which share its cache and nothing else. */
  readonly isolates: number;
  /** Requests for the cell in a second, each to any of them. */
  readonly perSecond: number;
  readonly hours: number;
}

const TTL_MS = 2_700_000;
const ANSWER_MS = 300;

/** The edge's own weather store in each isolate, on a clock that is set: how often a cell that everybody is in is asked for.
 * @param random From 0 to below 1. */
export async function simulateCell(
  { isolates, perSecond, hours }: HotCell,
  random: () => number,
): Promise<{ readonly calls: number; readonly known: number }> {
  let now = 0;
  let calls = 0;
  let known = 0;
  const answers: { readonly at: number; readonly answer: () => void }[] = [];
  const kept = new Map<string, Response>();
  const background: Promise<unknown>[] = [];
  const provider: WeatherProvider = {
    ...{ id: 'simulated', timeoutMs: 60_000, ttlMs: TTL_MS, staleMs: 6 * 3_600_000, negativeTtlMs: 120_000 },
    read() {
      calls++;
      return new Promise((resolve) => {
        answers.push({ at: now + ANSWER_MS, answer: () => resolve({ condition: 'rain' }) });
      });
    },
  };
  const platform: EdgePlatform = {
    cache: {
      match: async (key) => kept.get(key)?.clone(),
      put: async (key, response) => void kept.set(key, response),
    },
    waitUntil: (promise) => background.push(promise),
    now: () => now,
    random,
    fetch: () => Promise.reject(new Error('unexpected request')),
  };
  const stores = Array.from({ length: isolates }, () => createWeatherStore(provider, () => undefined));
  const cell = { id: '52.50,13.25', latitude: 52.625, longitude: 13.375 };
  const requests = hours * 3600 * perSecond;
  for (let request = 0; request < requests; request++) {
    now = (request / perSecond) * 1000;
    if (answers.length > 0 && (answers[0]?.at ?? 0) <= now) {
      while ((answers[0]?.at ?? Number.POSITIVE_INFINITY) <= now) answers.shift()?.answer();
      // What an answer sets off runs to its end before the next request.
      await new Promise(setImmediate);
    }
    const store = stores[Math.floor(random() * isolates)];
    if (await store?.cached(cell, platform)) known++;
  }
  return { calls, known: known / requests };
}
