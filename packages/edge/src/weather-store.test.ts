import { prng } from '@inkling/core';
import { expect, test } from 'vitest';
import type { EdgePlatform } from './edge-platform.ts';
import { createWeatherStore } from './weather-store.ts';

const TTL_MS = 2_700_000;
const cell = { id: '52.50,13.25', latitude: 52.625, longitude: 13.375 };

test('isolates that share a cache do not all ask in the moment in which their answer is over', async () => {
  const draw = prng('weather', 'isolates');
  const kept = new Map<string, Response>();
  const background: Promise<unknown>[] = [];
  let now = 0;
  let calls = 0;
  const platform: EdgePlatform = {
    cache: {
      match: async (key) => kept.get(key)?.clone(),
      put: async (key, response) => void kept.set(key, response),
    },
    waitUntil: (promise) => background.push(promise),
    now: () => now,
    random: () => draw() / 2 ** 32,
    fetch: () => Promise.reject(new Error('unexpected request')),
  };
  const provider = { id: 'x', timeoutMs: 1000, ttlMs: TTL_MS, staleMs: 1e9, negativeTtlMs: 120_000 };
  const stores = Array.from({ length: 50 }, () =>
    createWeatherStore(
      {
        ...provider,
        async read() {
          calls++;
          return { condition: 'rain' };
        },
      },
      () => undefined,
    ),
  );
  const askAll = async () => {
    const answers = await Promise.all(stores.map((store) => store.cached(cell, platform)));
    while (background.length > 0) await background.shift();
    return answers.filter(Boolean).length;
  };
  await stores[0]?.cached(cell, platform);
  while (background.length > 0) await background.shift();
  expect([await askAll(), calls]).toEqual([50, 1]);
  // Past the tenth by which answers differ: the first answer is over.
  for (; calls === 1; now += 1000) expect(await askAll()).toBe(50);
  expect(calls).toBeLessThan(5);
  // The others find what the first was told.
  for (const end = now + 300_000; now < end; now += 1000) expect(await askAll()).toBe(50);
  expect(calls).toBeLessThan(5);
});
