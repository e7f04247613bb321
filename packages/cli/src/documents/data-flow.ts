import { type Html, html, trusted } from '../html/html.ts';
import type { DeclaredData } from './declared-data.ts';

interface Box {
  readonly title: string;
  readonly lines: readonly string[];
  /** How it stands to the browser, or to the box above it. */
  readonly arrow?: 'to the browser' | 'from the browser' | 'from above';
}

/** Lengths in the picture's own units. */
const WIDTH = 960;
const LEFT = { x: 20, width: 520 };
const RIGHT = { x: 660, width: 280 };
const LINE = 19;
const PADDING = 14;
const GAP = 22;
const TOP = 78;
/** Mean width of a character at the picture's font size. */
const CHARACTER = 7.1;

const STYLE = `
  svg { color-scheme: light dark; background: #fff; }
  text { font: 13px system-ui, sans-serif; fill: #1c1b22; } .title { font-weight: 600; } .quiet { fill: #55535f; }
  .head { font-size: 16px; font-weight: 600; }
  .zone { fill: none; stroke: #8a8894; stroke-dasharray: 5 4; } .box { fill: #f2f1f7; stroke: #6a6876; }
  .arrow { stroke: #4338a8; stroke-width: 2; fill: none; } .tip { fill: #4338a8; }
  @media (prefers-color-scheme: dark) {
    svg { background: #17161c; } text { fill: #ecebf2; } .quiet { fill: #b3b1bf; } .zone { stroke: #8a8894; }
    .box { fill: #25232e; stroke: #9a98a6; } .arrow { stroke: #a9a1ff; } .tip { fill: #a9a1ff; }
  }
`;

/** What is read, kept and sent, and where, as a picture that stands by itself: light and dark, named, described. */
export function dataFlow({ signals, stores, egress }: DeclaredData): string {
  const purposes = [...new Set(signals.map(({ purpose }) => purpose))];
  const left: readonly Box[] = [
    {
      title: 'Read, in memory, while the page is open',
      lines: purposes.map((purpose) => {
        const paths = signals.filter((signal) => signal.purpose === purpose).map(({ path }) => path);
        return `${purpose}: ${paths.join(', ')}`;
      }),
    },
    {
      title: 'Ranked here',
      lines: ['A model orders what is on the page. Each choice has a reason in a sentence.'],
    },
    ...stores.map(({ name, purpose, where, retention }) => ({
      title: `Kept: ${name} (${purpose})`,
      lines: [where, retention],
    })),
  ];
  const right: readonly Box[] = [
    {
      title: 'The site: pages, script, pack',
      lines: ['Asked for without credentials or query'],
      arrow: 'to the browser',
    },
    {
      title: 'The site’s edge function',
      lines: ['Writes country, 0.25° cell, weather and local hour into the page; keeps nothing'],
      arrow: 'to the browser',
    },
    { title: 'Weather provider', lines: ['Is told the centre of the cell'], arrow: 'from above' },
    ...egress.map(({ id, recipient = 'The site', purpose, fields, days }) => ({
      title: `${recipient}: ${id}`,
      lines: [
        `Only with ${purpose}: ${fields.join(', ') || 'no fields'}`,
        days === undefined ? 'Kept there: not declared' : `Kept there: ${days} days`,
      ],
      arrow: 'from the browser' as const,
    })),
    ...(egress.length === 0 ? [{ title: 'Nothing else leaves the browser', lines: [] }] : []),
  ];
  const [leftBoxes, leftEnd] = stack(left, LEFT);
  const [rightBoxes, rightEnd] = stack(right, RIGHT);
  const height = Math.max(leftEnd, rightEnd) + 20;
  return `${
    html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title description">
<title id="title">What is read, kept and sent, and where</title>
<desc id="description">${[...left, ...right].map(describe).join(' ')}</desc>
<style>${trusted(STYLE)}</style>
${zone('The visitor’s browser', LEFT, height)}
${zone('Elsewhere', RIGHT, height)}
${leftBoxes}
${rightBoxes}
</svg>`.markup
  }\n`;
}

function describe({ title, lines, arrow }: Box): string {
  const way = arrow ? ` (${arrow === 'from above' ? 'from the edge function' : arrow})` : '';
  return `${title}${way}: ${lines.join('; ') || 'nothing'}.`;
}

function zone(title: string, { x, width }: typeof LEFT, height: number): Html {
  return html`<rect class="zone" x="${x - 10}" y="44" width="${width + 20}" height="${height - 54}" rx="10"/>
<text class="head" x="${x}" y="32">${title}</text>`;
}

/** Boxes below one another. @returns them, and where the last one ends */
function stack(boxes: readonly Box[], { x, width }: typeof LEFT): readonly [readonly Html[], number] {
  let y = TOP - GAP;
  const drawn = boxes.map(({ title, lines, arrow }) => {
    const room = Math.floor((width - 2 * PADDING) / CHARACTER);
    const texts = lines.flatMap((line) => wrapped(line, room));
    const height = 2 * PADDING + LINE * (1 + texts.length) - 5;
    const top = y;
    y += height + GAP;
    return html`<rect class="box" x="${x}" y="${top}" width="${width}" height="${height}" rx="7"/>
<text class="title" x="${x + PADDING}" y="${top + PADDING + 11}">${title}</text>
${texts.map((line, index) => html`<text class="quiet" x="${x + PADDING}" y="${top + PADDING + 11 + LINE * (index + 1)}">${line}</text>`)}
${arrow && arrowOf(arrow, x, top, top + height / 2)}`;
  });
  return [drawn, y - GAP];
}

function arrowOf(arrow: NonNullable<Box['arrow']>, x: number, top: number, middle: number): Html {
  const browser = LEFT.x + LEFT.width + 10;
  if (arrow === 'from above')
    return html`<path class="arrow" d="M${x + 40} ${top - GAP}V${top - 8}"/><path class="tip" d="M${x + 34} ${top - 9}h12l-6 9z"/>`;
  const [start, end, tip] =
    arrow === 'to the browser'
      ? [x, browser + 8, `M${browser + 9} ${middle - 6}v12l-9 -6z`]
      : [browser, x - 8, `M${x - 9} ${middle - 6}v12l9 -6z`];
  return html`<path class="arrow" d="M${start} ${middle}H${end}"/><path class="tip" d="${tip}"/>`;
}

/** @param room characters of a line */
function wrapped(text: string, room: number): readonly string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = `${lines.at(-1)} ${word}`.trim();
    if (line.length > room) lines.push(word);
    else lines[lines.length - 1] = line;
  }
  return lines;
}
