import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BEFORE_CHOICE, REGIMES, REGIMES_VERSION } from '@inkling/consent';
import { expect, test } from 'vitest';

const page = readFileSync(join(import.meta.dirname, '../../docs/consent.md'), 'utf8');

test('the page on consent has the table of regions as it is', () => {
  const rows = REGIMES.map(
    ({ regions, regime, refusalDays, source, date }) =>
      `| ${[regions, regime, `${refusalDays} days`, source, date].join(' | ')} |`,
  );
  expect(page).toContain(`|---|---|---|---|---|\n${rows.join('\n')}\n\n`);
  expect(page).toContain(`Version ${REGIMES_VERSION}.`);
});

test('and the table of what is read before a choice', () => {
  const rows = Object.entries(BEFORE_CHOICE).map(
    ([regime, { pack, edge, clock, timeZone, viewport, preferences }]) =>
      `| \`${regime}\` | ${[pack, edge, clock, timeZone, viewport, preferences].map((may) => (may ? 'yes' : 'no')).join(' | ')} |`,
  );
  expect(page).toContain(`|---|---|---|---|---|---|---|\n${rows.join('\n')}\n\n`);
});
