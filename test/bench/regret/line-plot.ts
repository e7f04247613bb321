/** A line, one value for each round. */
export interface Line {
  readonly name: string;
  readonly values: ArrayLike<number>;
}

const WIDTH = 640;
const HEIGHT = 360;
const LEFT = 56;
const RIGHT = 120;
const TOP = 36;
const BOTTOM = 44;
const POINTS = 100;
/** Told apart by eyes that see colours otherwise (Okabe and Ito 2008). */
const COLOURS = ['#000000', '#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00'];

/** Lines over rounds as an SVG picture, from 0 on both axes, each named at its end. */
export function linePlot(title: string, unit: string, lines: readonly Line[]): string {
  const rounds = Math.max(...lines.map(({ values }) => values.length));
  const top = roundUp(Math.max(...lines.flatMap(({ values }) => Array.from(values))));
  const x = (round: number) => LEFT + (round / rounds) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM);
  const text = (at: readonly [number, number], words: string, more = '') =>
    `<text x="${at[0].toFixed(1)}" y="${at[1].toFixed(1)}" ${more}>${words}</text>`;
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  const ends = spread(lines.map(({ values }) => y(values[values.length - 1] ?? 0)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<title>${title}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    text([LEFT, 20], title, 'font-size="14" font-weight="bold"'),
    ...ticks.flatMap((share) => [
      `<path d="M${LEFT} ${y(share * top).toFixed(1)}H${WIDTH - RIGHT}" stroke="#ddd"/>`,
      text([LEFT - 6, y(share * top) + 4], String(share * top), 'text-anchor="end"'),
      text([x(share * rounds), HEIGHT - BOTTOM + 18], String(share * rounds), 'text-anchor="middle"'),
    ]),
    text([(LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8], `rounds; ${unit}`, 'text-anchor="middle"'),
    ...lines.flatMap(({ name, values }, i) => {
      const step = Math.max(1, Math.floor(values.length / POINTS));
      const points = Array.from(values, (value, round) => ({ value, round: round + 1 }))
        .filter(({ round }) => round % step === 0 || round === values.length)
        .map(({ value, round }) => `${x(round).toFixed(1)} ${y(value).toFixed(1)}`);
      return [
        `<path d="M${x(0)} ${y(0)}L${points.join('L')}" fill="none" stroke="${COLOURS[i]}" stroke-width="2"/>`,
        text([WIDTH - RIGHT + 6, (ends[i] as number) + 4], name, `fill="${COLOURS[i]}"`),
      ];
    }),
    '</svg>',
    '',
  ].join('\n');
}

/** The next number of one digit that is even or 5, such as 20, 50 or 400. */
function roundUp(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 5, 6, 8, 10].map((digit) => digit * unit).find((round) => round >= value) ?? value;
}

/** Heights moved apart from the lowest up, so that the names beside them can be read. */
function spread(heights: readonly number[]): readonly number[] {
  const order = heights.map((_, i) => i).sort((a, b) => (heights[b] as number) - (heights[a] as number));
  const result = [...heights];
  order.forEach((line, k) => {
    const below = order[k - 1];
    if (below !== undefined) result[line] = Math.min(result[line] as number, (result[below] as number) - 14);
  });
  return result;
}
