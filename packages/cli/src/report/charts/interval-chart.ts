import * as Plot from '@observablehq/plot';
import type { Estimate } from '../../evaluate/bootstrap.ts';
import type { Html } from '../../html/html.ts';
import { figure } from './figure.ts';

interface IntervalRow extends Estimate {
  readonly name: string;
  /** What else the table says of it, a cell for each of the chart's `notes`. */
  readonly notes?: readonly string[];
}

export interface IntervalChart {
  readonly title: string;
  readonly caption: string;
  /** What a row is. */
  readonly of: string;
  /** What is measured, with its unit. */
  readonly label: string;
  readonly rows: readonly IntervalRow[];
  /** Names of more columns of the table. @default none */
  readonly notes?: readonly string[];
  /** A line to compare with. @default 0 */
  readonly reference?: number;
}

/** A point and its 95% interval for each row, above each other. */
export function intervalChart({
  title,
  caption,
  of,
  label,
  rows,
  notes: columns = [],
  reference = 0,
}: IntervalChart): Html {
  const longest = rows.reduce((length, { name }) => Math.max(length, name.length), 0);
  return figure({
    title,
    caption,
    plot: {
      marginLeft: Math.min(260, 20 + 8 * longest),
      marginBottom: 44,
      height: 70 + 30 * rows.length,
      x: { label, labelOffset: 40, grid: true, nice: true },
      y: { label: null, domain: rows.map(({ name }) => name) },
      marks: [
        Plot.ruleX([reference], { stroke: 'var(--quiet)', strokeDasharray: '4 3' }),
        Plot.ruleY(rows, { y: 'name', x1: 'low', x2: 'high', stroke: 'var(--accent)', strokeWidth: 2 }),
        Plot.dot(rows, { y: 'name', x: 'value', r: 5, fill: 'var(--accent)' }),
      ],
    },
    table: [
      [of, label, '95% interval', ...columns],
      ...rows.map(({ name, value, low, high, notes = [] }) => [
        name,
        decimal(value),
        `${decimal(low)} to ${decimal(high)}`,
        ...notes,
      ]),
    ],
  });
}

/** Four decimals, and a real minus. */
export function decimal(value: number): string {
  return Number.isFinite(value) ? value.toFixed(4).replace('-', '−') : 'not known';
}
