import { afterAll, beforeAll, expect, test } from 'vitest';
import { startChromium } from '../engines/chromium.ts';
import type { Engine } from '../engines/engine.ts';
import type { Fault } from './matrix/fault.ts';
import { FAULTS } from './matrix/faults.ts';
import { runFaults } from './matrix/run-faults.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startChromium();
});
afterAll(() => engine.close());

test(`the page stands under each of ${FAULTS.length} faults`, { timeout: 120_000 }, async () => {
  const outcomes = await runFaults(engine, FAULTS);
  const harmed = outcomes.filter(({ harm }) => harm.length > 0);
  expect(harmed.map(({ fault, harm }) => `${fault.name}: ${harm.join(' | ')}`)).toEqual([]);
});

const HARMFUL: readonly (Omit<Fault, 'kind' | 'name'> & { readonly harm: RegExp })[] = [
  {
    harm: /^moved /,
    expect: 'either',
    before() {
      const { dataset } = document.documentElement;
      dataset.faultRuns = '';
      setTimeout(() => {
        document.querySelector('main')?.append(document.querySelector('[data-inkling-slot="hero"]') as Node);
        // Its place is looked at in every frame.
        setTimeout(() => delete dataset.faultRuns, 100);
      }, 700);
    },
  },
  {
    harm: /thrown by the page/,
    expect: 'either',
    before() {
      throw new Error('thrown by the page');
    },
  },
  {
    harm: /rejected by the page/,
    expect: 'either',
    before() {
      void Promise.reject(new Error('rejected by the page'));
    },
  },
  {
    harm: /items became/,
    expect: 'either',
    before() {
      const { dataset } = document.documentElement;
      dataset.faultRuns = '';
      setTimeout(() => {
        document.querySelector('[data-inkling-slot="grid"]')?.lastElementChild?.remove();
        delete dataset.faultRuns;
      }, 700);
    },
  },
  { harm: /^not as authored/, expect: 'authored' },
  { harm: /^no diagnostic E_MODEL/, expect: 'personalized', code: 'E_MODEL' },
  {
    harm: /^not personalized/,
    expect: 'personalized',
    decides: false,
    html: (page) => page.replace('/inkling.js', ''),
  },
];

test('a page that is harmed is told from one that stands', { timeout: 60_000 }, async () => {
  const faults = HARMFUL.map((fault): Fault => ({ ...fault, kind: 'script', name: String(fault.harm) }));
  const outcomes = await runFaults(engine, faults);
  for (const [index, { harm }] of HARMFUL.entries()) {
    expect(outcomes[index]?.harm.join('\n'), String(harm)).toMatch(new RegExp(harm, 'm'));
  }
});
