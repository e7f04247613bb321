import * as Plot from '@observablehq/plot';
import type { Estimate } from '../../evaluate/bootstrap.ts';
import type { Html } from '../html.ts';
import { figure } from './figure.ts';

export interface IntervalRow extends Estimate {
  readonly name: string;
  /** What else the table says of it. */
  readonly note?: string;
}

export interface IntervalChart {
  readonly title: string;
  readonly caption: string;
  /** What is measured, with its unit. */
  readonly label: string;
  readonly rows: readonly IntervalRow[];
  /** Name of the table's column of notes. @default the table has none */
  readonly noteLabel?: string;
  /** A line to compare with. @default 0 */
  readonly reference?: number;
}

/** A point and its 95% interval for each row, above each other. */
export function intervalChart({
  title,
  caption,
  label,
  rows,
  noteLabel,
  reference = 0,
}: IntervalChart): Html {
  const longest = rows.reduce((length, { name }) => Math.max(length, name.length), 0);
  return figure({
    title,
    caption,
    plot: {
      marginLeft: Math.min(260, 20 + 8 * longest),
      height: 60 + 30 * rows.length,
      x: { label, grid: true, nice: true },
      y: { label: null, domain: rows.map(({ name }) => name) },
      marks: [
        Plot.ruleX([reference], { stroke: 'var(--quiet)', strokeDasharray: '4 3' }),
        Plot.ruleY(rows, { y: 'name', x1: 'low', x2: 'high', stroke: 'var(--accent)', strokeWidth: 2 }),
        Plot.dot(rows, { y: 'name', x: 'value', r: 5, fill: 'var(--accent)' }),
      ],
    },
    table: [
      ['', label, '95% interval', ...(noteLabel ? [noteLabel] : [])],
      ...rows.map(({ name, value, low, high, note = '' }) => [
        name,
        decimal(value),
        `${decimal(low)} to ${decimal(high)}`,
        ...(noteLabel ? [note] : []),
      ]),
    ],
  });
}

/** Four decimals, and a real minus. */
export function decimal(value: number): string {
  return Number.isFinite(value) ? value.toFixed(4).replace('-', '−') : 'not known';
}
