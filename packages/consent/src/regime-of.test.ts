import { expect, test } from 'vitest';
import { regimeOf } from './regime-of.ts';
import { BEFORE_CHOICE, REGIMES, REGIMES_VERSION } from './regimes.ts';

test('the subdivision comes before the country, and what nobody names is opt-in', () => {
  expect(regimeOf('US-CA')).toEqual({ region: 'US-CA', regime: 'opt-out', refusalDays: 365 });
  expect(regimeOf('US-TX')).toEqual({ region: 'US-TX', regime: 'opt-out', refusalDays: 180 });
  expect(regimeOf('US-WY')).toEqual({ region: 'US-WY', regime: 'opt-out', refusalDays: 365 });
  expect(regimeOf('DE-BE')).toEqual({ region: 'DE-BE', regime: 'opt-in', refusalDays: 180 });
  for (const region of [undefined, '', 'BR', 'XX', 'U', 'us-ca', 'US-CA ']) {
    expect(regimeOf(region).regime, region).toBe(region?.startsWith('US-') ? 'opt-out' : 'opt-in');
  }
});

test('a site may put its own rows in the place of ours', () => {
  const row = {
    regions: 'ZZ',
    regime: 'notice',
    refusalDays: 90,
    source: 'our counsel',
    date: '2026-01-01',
  } as const;
  expect(regimeOf('ZZ', [row]).regime).toBe('notice');
  expect(regimeOf('US-CA', [row]).regime).toBe('opt-in');
});

test('each row has a source and a day that is not after the version, and no region is named twice', () => {
  const regions = REGIMES.flatMap((row) => row.regions.split(' '));
  expect(new Set(regions).size).toBe(regions.length);
  for (const region of regions) expect(region).toMatch(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/);
  for (const { source, date } of REGIMES) {
    expect(source.length).toBeGreaterThan(10);
    expect(date).toMatch(/^20\d\d-[01]\d-[0-3]\d$/);
    expect(date <= REGIMES_VERSION).toBe(true);
  }
  // An unknown part of a country is treated as its strictest part.
  const strictest = Math.max(
    ...REGIMES.filter(({ regions }) => /US-/.test(regions)).map((row) => row.refusalDays),
  );
  expect(regimeOf('US').refusalDays).toBe(strictest);
});

test('no regime lets the device be read before a choice where consent comes first', () => {
  const { pack, edge, ...device } = BEFORE_CHOICE['opt-in'];
  expect(Object.values(device)).toEqual([false, false, false, false]);
  expect([pack, edge]).toEqual([true, true]);
});
