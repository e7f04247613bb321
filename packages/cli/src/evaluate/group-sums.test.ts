import { expect, test } from 'vitest';
import { createGroupSums } from './group-sums.ts';
import type { ListMetrics } from './metrics.ts';
import { columnOf, createVisitorSums } from './visitor-sums.ts';

test('groups of visitors add up to what the visitors do', () => {
  const [alone, dealt] = [undefined, 10].map((most) => {
    const sums = createVisitorSums(1, most);
    const groups = createGroupSums('device.form', most);
    for (let visitor = 0; visitor < 90; visitor++) {
      for (let list = 0; list < 1 + (visitor % 4); list++) {
        const ranker: ListMetrics = { mrr: visitor + list, ndcg: 1, hr: 1, map: 1 };
        const group = ['phone', 'desktop', 'tablet'][(visitor * list) % 3] as string;
        sums.add(`v${visitor}`, [1], { at: visitor, row: list });
        groups.add(`v${visitor}`, group, ranker, ranker);
      }
    }
    const summed = sums.finish();
    return groups.counts().map(([group]) => {
      const { rows, width, visitors } = groups.of(group, summed);
      const totals = Array.from({ length: width }, (_, column) =>
        columnOf({ ...summed, rows }, column).reduce((a, b) => a + b, 0),
      );
      return { group, clusters: rows.length, visitors, totals };
    });
  });
  expect(alone?.map(({ clusters }) => clusters)).toEqual([90, 90, 90]);
  expect(dealt?.map(({ clusters }) => clusters)).toEqual([10, 10, 10]);
  expect(dealt?.map(({ clusters, ...rest }) => rest)).toEqual(alone?.map(({ clusters, ...rest }) => rest));
});
