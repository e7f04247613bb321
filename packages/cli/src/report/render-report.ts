import type { Evaluation } from '../evaluate/evaluation.ts';
import { type Html, html, trusted } from '../html/html.ts';
import { intervalChart } from './charts/interval-chart.ts';
import { lineChart } from './charts/line-chart.ts';
import { modelCard } from './model-card.ts';
import type { ReportSource } from './report-source.ts';
import { STYLE } from './style.ts';

/** One page that needs nothing else: no script, no request; it opens from disk and prints. */
export function renderReport(source: ReportSource): string {
  const { title, createdAt, evaluation, importance, coverage, cost } = source;
  const { lists, visitors, k } = evaluation;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p class="quiet">${count(lists)} lists of ${count(visitors)} visitors the ranker was not fitted to. Every interval is a 95% one and resamples whole visitors. ${createdAt.toISOString().slice(0, 10)}</p>
</header>
<main>
${verdict(evaluation)}
<h2>Is it better?</h2>
${lift(evaluation)}
${figures(evaluation)}
${reliability(evaluation)}
<h2>For everyone?</h2>
${groups(evaluation)}
<h2>What does it look at?</h2>
${intervalChart({
  title: 'What the order owes to each group of features',
  caption:
    'MRR lost when a group says of every item what it says of one in another list. Near 0: the order would hardly change without it.',
  of: 'features',
  label: 'MRR lost',
  rows: importance.map(({ group, loss }) => ({ name: group, ...loss })),
})}
${lineChart({
  title: 'How much of the catalog is seen',
  caption: `Share of the items of all lists that stand among the first k of some list.`,
  xLabel: 'k',
  yLabel: 'share of items',
  lines: coverage.map(({ name, points }) => ({
    name,
    points: points.map(({ k, share }) => ({ x: k, y: share })),
  })),
})}
<h2>What does it cost?</h2>
<p>${count(cost.bytes)} bytes, ${count(cost.brotliBytes)} over the wire (brotli). Scoring 500 items took ${count(cost.microseconds)} µs on the machine of this report (the middle half of 200 runs: ${count(cost.spread[0])} to ${count(cost.spread[1])} µs).</p>
${modelCard(source)}
<h2>How to read this</h2>
<p>MRR is the mean of 1 / place of the first chosen item. NDCG@${k} and HR@${k} look at the first ${k} places. A lift is the ranker’s figure less the baseline’s on the same lists; the lists are those of a log, so what was never shown cannot count.</p>
</main>
</body>
</html>
`.markup;
}

function verdict({ lifts, lists }: Evaluation): Html {
  const lines = (['popularity', 'displayed', 'last-seen'] as const).flatMap((name) => {
    const gain = lifts[name]?.mrr.difference;
    if (!gain) return [];
    const says =
      gain.low > 0
        ? 'orders better than'
        : gain.high < 0
          ? 'orders worse than'
          : 'cannot be told from, on these lists,';
    return [
      html`<p>The ranker ${says} <strong>${NAMES[name] ?? name}</strong>: MRR ${signed(gain.value)}, 95% interval ${signed(gain.low)} to ${signed(gain.high)}.</p>`,
    ];
  });
  const few = lists < 1000 ? html`<p>Fewer than 1,000 lists: take all of this with care.</p>` : undefined;
  return html`<div class="verdict">${lines}${few}</div>`;
}

const NAMES: Readonly<Record<string, string>> = {
  random: 'a random order',
  displayed: 'the displayed order',
  'last-seen': 'the item touched last, put first',
  popularity: 'popularity',
  'item-knn': 'items that go with those touched',
};

function lift({ lifts }: Evaluation): Html {
  return intervalChart({
    title: 'Lift over each baseline',
    caption:
      'Difference of MRR on the same lists. An interval that does not touch the dashed line is a difference that these lists show.',
    of: 'baseline',
    label: 'difference of MRR',
    notes: ['p, signs flipped'],
    rows: Object.entries(lifts).map(([name, { mrr }]) => ({
      name: NAMES[name] ?? name,
      ...mrr.difference,
      notes: [mrr.p < 0.001 ? 'below 0.001' : mrr.p.toFixed(3)],
    })),
  });
}

function figures({ cases, k }: Evaluation): Html {
  return intervalChart({
    title: 'Every order by itself',
    caption:
      'Coverage is the share of all items that come among the first places of some list; Gini is 0 where all come as often.',
    of: 'order',
    label: 'MRR',
    notes: [`NDCG@${k}`, `HR@${k}`, 'MAP', 'coverage', 'Gini'],
    rows: Object.entries(cases).map(([name, { mrr, ndcg, hr, map, variety }]) => ({
      name: name === 'ranker' ? 'the ranker' : (NAMES[name] ?? name),
      ...mrr,
      notes: [ndcg.value, hr.value, map.value, variety?.coverage, variety?.gini].map(
        (value) => value?.toFixed(3) ?? '–',
      ),
    })),
  });
}

function reliability({ calibration }: Evaluation): Html {
  if (!calibration) return html``;
  if ('refused' in calibration) {
    return html`<p class="quiet">No reliability diagram: ${calibration.refused}.</p>`;
  }
  const points = calibration.bins.map(({ predicted, observed }) => ({ x: predicted, y: observed.value }));
  return lineChart({
    title: 'Do probabilities mean what they say?',
    caption: `Share chosen by predicted probability (${calibration.of}), in ten bins of equally many items. On the thin line they agree; the mean distance (ECE) is ${calibration.ece.toFixed(4)}.`,
    xLabel: 'predicted',
    yLabel: 'chosen',
    lines: [{ name: 'observed', points }],
    diagonal: true,
  });
}

function groups({ groups: columns, minGroupLists }: Evaluation): Html {
  if (columns.length === 0) {
    return html`<p>No groups were asked for. <code>--group device.form</code> compares visitors by device.</p>`;
  }
  return html`${columns.map(({ column, groups }) =>
    intervalChart({
      title: `By ${column}`,
      caption: `MRR of each group less that of all others. Groups of fewer than ${minGroupLists} lists are drawn and not judged; p is corrected over all judged groups (Holm).`,
      of: column,
      label: 'MRR less that of others',
      notes: ['lists', 'MRR', 'corrected p'],
      rows: groups.flatMap(({ value, lists, cases, gap }) => {
        if (!gap) return [];
        const mrr = cases.ranker.mrr.value.toFixed(3);
        const notes = [count(lists), mrr, gap.adjusted?.toFixed(3) ?? 'not judged'];
        return [{ name: value, ...gap.difference, notes }];
      }),
    }),
  )}`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
}

function count(value: number): string {
  return value.toLocaleString('en');
}
