import type { Estimate } from '../evaluate/bootstrap.ts';
import type { Evaluation, GroupColumn } from '../evaluate/evaluation.ts';

const WIDTH = 22;

/** The figures for people. */
export function evaluationTable(evaluation: Evaluation): string {
  const { refused, lists, visitors, k, sharedLists } = evaluation;
  if (refused) return `no figures: ${refused}`;
  const shared = sharedLists ? `, ${sharedLists} of which the training log holds, too` : '';
  return [
    `${lists} lists of ${visitors} visitors${shared}; 95% intervals clustered by visitor`,
    ...accuracy(evaluation),
    ...varieties(evaluation, k),
    ...calibration(evaluation),
    ...evaluation.groups.flatMap((column) => groups(column)),
  ].join('\n');
}

function accuracy({ cases, lifts, k }: Evaluation): readonly string[] {
  const rows = Object.entries(cases).map(([name, { mrr, ndcg, hr, map }]) => {
    const lift = lifts[name as keyof typeof lifts]?.mrr;
    const gained = lift ? `${cell(lift.difference)}p ${lift.p.toFixed(3)}` : '';
    return name.padEnd(12) + [mrr, ndcg, hr, map].map(cell).join('') + gained;
  });
  return [heading('', ['MRR', `NDCG@${k}`, `HR@${k}`, 'MAP', 'MRR the ranker gains']), ...rows];
}

function varieties({ cases }: Evaluation, k: number): readonly string[] {
  const names = ['novelty', 'diversity', 'groups', 'tags'] as const;
  const rows = Object.entries(cases).flatMap(([name, { variety }]) => {
    if (!variety) return [];
    const cells = names.map((of) => (variety[of] ? cell(variety[of]) : '–'.padEnd(WIDTH)));
    const shares = [variety.coverage, variety.gini].map((share) => share.toFixed(3).padEnd(10));
    return [name.padEnd(12) + shares.join('') + cells.join('')];
  });
  const titles = `${'coverage'.padEnd(10)}${'Gini'.padEnd(10)}`;
  return ['', heading(`first ${k}`, ['novelty, bits', ...names.slice(1)], titles), ...rows];
}

function calibration({ calibration }: Evaluation): readonly string[] {
  if (!calibration) return [];
  if ('refused' in calibration) return ['', `no calibration: ${calibration.refused}`];
  const rows = calibration.bins.map(
    ({ items, predicted, observed }) =>
      predicted.toFixed(3).padEnd(12) + cell(observed) + String(items).padStart(8),
  );
  const title = `calibration error ${calibration.ece.toFixed(4)} (${calibration.of})`;
  return ['', title, heading('predicted', ['chosen', '   items']), ...rows];
}

function groups({ column, groups: all }: GroupColumn): readonly string[] {
  const width = Math.max(column.length, ...all.map(({ value }) => value.length)) + 2;
  const rows = all.map(({ value, lists, cases, gap }) => {
    const judged = gap?.adjusted === undefined ? '' : `p ${gap.adjusted.toFixed(3)}`;
    const against = gap ? cell(gap.difference) : '–'.padEnd(WIDTH);
    const popular = cases.popularity ? cell(cases.popularity.mrr) : '–'.padEnd(WIDTH);
    return (
      value.padEnd(width) + String(lists).padEnd(8) + cell(cases.ranker.mrr) + popular + against + judged
    );
  });
  const titles = ['MRR', 'popularity', 'gap to the rest', 'Holm-corrected'];
  return ['', column.padEnd(width) + heading('', titles, 'lists'.padEnd(8)).trimStart(), ...rows];
}

function heading(first: string, titles: readonly string[], before = ''): string {
  return first.padEnd(12) + before + titles.map((title) => title.padEnd(WIDTH)).join('');
}

function cell({ value, low, high }: Estimate): string {
  return `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`.padEnd(WIDTH);
}
