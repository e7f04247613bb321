import { type Html, html, trusted } from '../html/html.ts';
import { STYLE } from '../report/style.ts';
import { type Audit, FLOWS } from './audit-site.ts';
import { UNDECIDED } from './before-choice.ts';
import { type CheckedItem, sayBreach } from './checklist.ts';
import type { Flow, Kept, Step, TimedObservation } from './observation.ts';

/** What pictures, timelines and verdicts need beyond a report's style. */
const AUDIT_STYLE = `
body { max-width: 62rem; }
.bad { border-left-color: var(--bad); }
.step { display: grid; grid-template-columns: minmax(0, 18rem) minmax(0, 1fr); gap: 1rem 1.5rem; margin: 1rem 0 2rem; align-items: start; }
.step img { width: 100%; height: auto; border: 1px solid var(--line); border-radius: .3rem; }
.step h4 { margin: 0 0 .35rem; font-size: 1rem; }
.step p { margin: .25rem 0; }
summary { cursor: pointer; padding: .25rem 0; }
.yes { color: var(--good); font-weight: 600; } .no { color: var(--bad); font-weight: 600; }
ul { padding-left: 1.1rem; margin: .25rem 0; }
td { overflow-wrap: break-word; } td code { overflow-wrap: anywhere; }
summary + .table td:nth-child(3) { min-width: 16rem; }
@media (max-width: 40rem) { .step { grid-template-columns: minmax(0, 1fr); } }
@media print { .step { break-inside: avoid; } }
`;

/** One page that needs nothing else: no script, no request; it opens from disk and prints. */
export function renderAudit({ url, browser, flows, breaches, checklist }: Audit, createdAt: Date): string {
  const title = `Privacy audit of ${new URL(url).host}`;
  const verdict =
    breaches.length === 0 ? 'No breach was seen.' : counted(breaches.length, 'breach', 'breaches');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${title}</title>
<style>${trusted(STYLE + AUDIT_STYLE)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p class="quiet">${url}, ${browser}, ${createdAt.toISOString().slice(0, 16).replace('T', ' ')} UTC. ${flows.length} of ${FLOWS.length} flows, each with a new visitor.</p>
</header>
<main>
<div class="verdict${breaches.length > 0 ? ' bad' : ''}">
<p><strong>${verdict}</strong></p>
${breaches.length > 0 ? html`<ul>${breaches.map((breach) => html`<li>${sayBreach(breach)}</li>`)}</ul>` : undefined}
</div>
<h2>What is asked of a site</h2>
<p>“Met” says that the flows that ran saw what speaks for it and nothing against it. What no program can judge is left to a person, and named.</p>
${table('Items and their evidence', ['', 'item', 'verdict', 'evidence', 'left to a person'], checklist.map(itemRow))}
<h2>What is kept, byte by byte</h2>
${table(
  'What is kept after each step',
  ['flow', 'step', 'entry', 'bytes', 'declared for'],
  flows.flatMap((flow) => flow.steps.flatMap((step) => keptRows(flow, step))),
)}
<h2>Every step</h2>
${flows.map(flowPart)}
<h2>How to read this</h2>
<p>Every page was watched from before its first script: cookies, both storages, IndexedDB, caches, files of the origin and service workers; every request and socket; and the readings that tell devices apart; so were workers, service workers and shared workers. A step’s purposes are those the visitor had granted by then; whatever was stored, sent or read for another one, or for none that is declared, is a breach. Files of the site’s own, asked for by GET without a body, are the page itself.</p>
<p class="quiet">Not seen: what a server does with a request; pages that were not visited; the life of a cookie.</p>
</main>
</body>
</html>
`.markup;
}

function itemRow({ must, text, verdict, evidence, manual }: CheckedItem): Html {
  const look = verdict === 'met' ? 'yes' : verdict === 'breach' ? 'no' : 'quiet';
  return html`<tr><td>${must}</td><th scope="row">${text}</th><td class="${look}">${verdict}</td><td>${evidence.length > 0 ? html`<ul>${evidence.map((says) => html`<li>${says}</li>`)}</ul>` : '–'}</td><td>${manual ?? '–'}</td></tr>`;
}

function keptRows(flow: Flow, { name, kept }: Step): readonly Html[] {
  const row = (cells: Html) => html`<tr><th scope="row">${flow.name}</th><td>${name}</td>${cells}</tr>`;
  if (kept.length === 0) return [row(html`<td>nothing</td><td>0</td><td>–</td>`)];
  return kept.map((entry) =>
    row(html`<td>${entryOf(entry)}</td><td>${entry.bytes}</td><td>${declared(entry)}</td>`),
  );
}

function flowPart(flow: Flow): Html {
  return html`<h3>${flow.name}: ${flow.question}</h3>
${flow.breaches.map((breach) => html`<p class="no">${breach.message} <code>${breach.code}</code></p>`)}
${flow.steps.map((step) => stepPart(flow, step))}`;
}

function stepPart(flow: Flow, { name, granted, observations, kept, screenshot }: Step): Html {
  const sent = observations.filter(({ kind }) => kind === 'request');
  const carried = sent.reduce((sum, { bytes }) => sum + bytes, 0);
  const stored = kept.reduce((sum, { bytes }) => sum + bytes, 0);
  const reads = observations.filter(({ kind }) => kind === 'read').length;
  return html`<section class="step" aria-label="${`${flow.name}, ${name}`}">
<img src="data:image/jpeg;base64,${screenshot}" width="1280" height="800" alt="${`The page at the end of this step: ${flow.name}, ${name}`}">
<div>
<h4>${name}</h4>
<p>Granted: ${granted.filter((purpose) => purpose !== UNDECIDED).join(', ') || 'nothing'}.</p>
<p>${stored} B kept; ${counted(sent.length, 'request', 'requests')} carrying ${carried} B; ${counted(reads, 'reading', 'readings')} of the device.</p>
<details><summary>Timeline of ${counted(observations.length, 'act', 'acts')}</summary>
${table(`Timeline of ${flow.name}, ${name}`, ['ms', 'tab', 'act', 'bytes', 'declared for'], observations.map(actRow))}
</details>
</div>
</section>`;
}

function actRow(seen: TimedObservation): Html {
  const { at, tab, kind, api, what, method = '', bytes, by } = seen;
  return html`<tr><td>${at}</td><td>${tab + 1}</td><td>${kind}, ${api}: ${method} <code>${what}</code>${by === undefined ? undefined : html` <span class="quiet">by ${by}</span>`}</td><td>${bytes}</td><td>${declared(seen)}</td></tr>`;
}

function declared({ purpose }: { readonly purpose: string | undefined }): Html {
  return purpose === undefined ? html`<span class="no">nothing</span>` : html`${purpose}`;
}

function entryOf({ api, name }: Kept): Html {
  return html`${api} <code>${name}</code>`;
}

function table(label: string, columns: readonly string[], rows: readonly Html[]): Html {
  const head = columns.map((column) => (column ? html`<th scope="col">${column}</th>` : html`<td></td>`));
  return html`<div class="table" tabindex="0" role="group" aria-label="${label}"><table>
<thead><tr>${head}</tr></thead>
<tbody>${rows}</tbody>
</table></div>`;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
