import { expect, test } from 'vitest';
import { startChromium } from '../engines/chromium.ts';
import { runFaults } from './matrix/run-faults.ts';
import { PAYLOADS } from './xss/payloads.ts';
import { xssPages } from './xss/xss-pages.ts';

test(`none of ${PAYLOADS.length} payloads runs, in whatever text from outside it stands`, {
  timeout: 120_000,
}, async () => {
  expect(PAYLOADS.length).toBeGreaterThanOrEqual(200);
  const engine = await startChromium();
  try {
    const outcomes = await runFaults(engine, xssPages());
    const harmed = outcomes.filter(({ harm }) => harm.length > 0);
    expect(harmed.map(({ fault, harm }) => `${fault.name}: ${harm.join(' | ')}`)).toEqual([]);
  } finally {
    await engine.close();
  }
});
