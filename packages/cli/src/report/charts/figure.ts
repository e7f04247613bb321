import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { type Html, html, trusted } from '../../html/html.ts';

/** A picture and the same figures as a table, for eyes and for screen readers alike. */
export interface FigureSource {
  readonly title: string;
  /** What it shows and how to read it, in a sentence or two. */
  readonly caption: string;
  readonly plot: Omit<Plot.PlotOptions, 'document'>;
  /** The first row names the columns; the first cell of each other row names the row. */
  readonly table: readonly (readonly string[])[];
}

const { document } = parseHTML('<!doctype html><html><body></body></html>');

export function figure({ title, caption, plot, table }: FigureSource): Html {
  const [columns = [], ...rows] = table;
  const drawing = Plot.plot({
    width: 720,
    style: { fontSize: '13px', fontFamily: 'inherit', background: 'none' },
    ...plot,
    document,
  });
  // The table beside it says it all; of the picture a screen reader only needs the name.
  for (const part of drawing.querySelectorAll('g')) part.removeAttribute('aria-label');
  drawing.setAttribute('role', 'img');
  drawing.setAttribute('aria-label', `${title}. The table below has its figures.`);
  return html`
<figure>
<h3>${title}</h3>
<div class="picture" tabindex="0" role="region" aria-label="${`${title}: picture`}">${trusted(drawing.outerHTML)}</div>
<figcaption>${caption}</figcaption>
<div class="table" tabindex="0" role="region" aria-label="${`${title}: figures`}"><table>
<thead><tr>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([name = '', ...cells]) =>
      html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )}</tbody>
</table></div>
</figure>`;
}
