import * as Plot from '@observablehq/plot';
import type { Html } from '../../html/html.ts';
import { figure } from './figure.ts';
import { decimal } from './interval-chart.ts';

interface LinePoint {
  readonly x: number;
  readonly y: number;
}

export interface LineChart {
  readonly title: string;
  readonly caption: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly lines: readonly { readonly name: string; readonly points: readonly LinePoint[] }[];
  /** Draws where x equals y. @default false */
  readonly diagonal?: boolean;
}

const DASHES = ['', '6 3', '2 3', '8 3 2 3'];

/** Lines over the same x, told apart by their dashes as well as by name, so that no colour is needed. */
export function lineChart({ title, caption, xLabel, yLabel, lines, diagonal = false }: LineChart): Html {
  const steps = [...new Set(lines.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  return figure({
    title,
    caption,
    plot: {
      height: 320,
      marginRight: 110,
      marginBottom: 44,
      x: { label: xLabel, labelOffset: 40, grid: true },
      y: { label: yLabel, grid: true, nice: true, zero: true },
      marks: [
        ...(diagonal ? [Plot.line([0, 1], { x: (d) => d, y: (d) => d, stroke: 'var(--quiet)' })] : []),
        ...lines.flatMap(({ name, points }, index) => [
          Plot.lineY(points, {
            x: 'x',
            y: 'y',
            stroke: 'var(--accent)',
            strokeWidth: 2,
            strokeDasharray: DASHES[index % DASHES.length] ?? '',
          }),
          Plot.dot(points, { x: 'x', y: 'y', r: 3, fill: 'var(--accent)' }),
          Plot.text(points.slice(-1), { x: 'x', y: 'y', text: () => name, textAnchor: 'start', dx: 8 }),
        ]),
      ],
    },
    table: [
      [xLabel, ...lines.map(({ name }) => name)],
      ...steps.map((step) => [
        Number.isInteger(step) ? String(step) : decimal(step),
        ...lines.map(({ points }) => decimal(points.find(({ x }) => x === step)?.y ?? Number.NaN)),
      ]),
    ],
  });
}
