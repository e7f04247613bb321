import { type Html, html } from '../html/html.ts';
import type { ReportSource } from './report-source.ts';

/** What a model is for, what it was made of and what is not known of it (Mitchell et al., "Model Cards for Model
 * Reporting", FAT* 2019). The table of groups stands further up. */
export function modelCard({ card, evaluation, features, training, provenance }: ReportSource): Html {
  const { period } = evaluation;
  return html`
<h2>Model card</h2>
<dl>
<dt>What it is</dt><dd>${card?.summary ?? 'The author has not said.'}</dd>
<dt>Intended use</dt><dd>${card?.intendedUse ?? 'Ordering what a page already shows, on the visitor’s own device.'}</dd>
<dt>Limits</dt><dd>${card?.limits ?? 'It has learnt from lists that were shown; it says nothing of items and moments that no list had.'}</dd>
<dt>Data</dt><dd>${card?.data ?? 'The author has not said.'}${learnt(training)}${period && html` Measured on lists from ${day(period.from)} to ${day(period.to)}.`}</dd>
<dt>Sensitive tags</dt><dd>${sensitive(training)}</dd>
</dl>
<h3>Training</h3>
${table(
  ['what', 'value'],
  Object.entries(training).map(([name, value]) => [
    name,
    typeof value === 'object' ? JSON.stringify(value) : String(value),
  ]),
)}
<h3>What it may look at, and what a visitor reads of it</h3>
${table(
  ['feature', 'sentence'],
  features.map(({ name, sentence }) => [name, sentence]),
)}
<h3>Where this comes from</h3>
${table(
  ['what', 'file', 'sha256'],
  provenance.map(({ what, file, sha256 }) => [what, file, sha256]),
)}`;
}

/** @param training as the model's own metadata has it: the report's options say nothing of what was learnt */
function learnt({ period }: ReportSource['training']): string {
  if (!Array.isArray(period) || !period[0]) return '';
  return ` Learnt from lists from ${day(String(period[0]))} to ${day(String(period[1]))}.`;
}

function sensitive({ sensitive: tags }: ReportSource['training']): string {
  if (!Array.isArray(tags)) return 'The model does not say what was left out of its training.';
  return tags.length === 0
    ? 'None were left out of the training.'
    : `Nothing was learnt of items tagged ${tags.join(', ')}.`;
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): Html {
  return html`<div class="table" tabindex="0" role="region" aria-label="${columns.join(', ')}"><table>
<thead><tr>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([name = '', ...cells]) =>
      html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td><code>${cell}</code></td>`)}</tr>`,
  )}</tbody></table></div>`;
}

function day(time: string): string {
  return time.slice(0, 10);
}
