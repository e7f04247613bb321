import { type Html, html, trusted } from '../html/html.ts';
import type { Change, PackDiff, SlateChange } from './diff-packs.ts';
import { movesOf } from './moves-of.ts';

/** A heading shows so many, and how many more there are. */
const MOST = 200;

/** A difference as one page that needs nothing else: no script, no network; it prints. */
export function diffHtml({ before, after, parts, slates, titles }: PackDiff): string {
  const slots = [...new Set(slates.map(({ slot }) => slot))];
  const title = `${before} → ${after}`;
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${trusted(STYLE)}</style>
<main>
<h1>What changed</h1>
<p>${title}</p>
<h2>What a new visitor sees</h2>
<p class="key"><span class="up">▲ rose</span> <span class="down">▼ fell</span> <span class="new">new here</span> <s>gone</s></p>
${slots.map((slot) => slotTable(slot, slates, titles))}
${Object.entries(parts).map(([heading, changes]) => partTable(heading, changes))}
</main>
</html>
`.markup;
}

function slotTable(slot: string, slates: readonly SlateChange[], titles: ReadonlyMap<string, string>): Html {
  const name = (id: string) => titles.get(id) ?? id;
  const rows = slates
    .filter((slate) => slate.slot === slot)
    .map((slate) => {
      const { places, gone } = movesOf(slate);
      const old = slate.before.map((id) => html`<li>${name(id)}</li>`);
      const items = places.map(({ id, up }) => {
        if (up === undefined) return html`<li class="new">${name(id)} <small>new here</small></li>`;
        if (up === 0) return html`<li>${name(id)}</li>`;
        const [way, word] = up > 0 ? ['▲', 'up'] : ['▼', 'down'];
        const by = Math.abs(up);
        return html`<li class="${word}">${name(id)} <small aria-hidden="true">${way}${by}</small> <span class="spoken">${word} ${by}</span></li>`;
      });
      const left = gone.map((id, index) => html`${index > 0 ? ', ' : ''}<s>${name(id)}</s>`);
      return html`<tr><th scope="row">${slate.moment}</th><td><ol>${old}</ol></td><td><ol>${items}</ol>${left.length > 0 ? html`<p>gone: ${left}</p>` : undefined}</td></tr>`;
    });
  return html`<table>
<caption>${slot}</caption>
<thead><tr><th scope="col">moment</th><th scope="col">before</th><th scope="col">after</th></tr></thead>
<tbody>${rows}</tbody>
</table>`;
}

function partTable(heading: string, changes: readonly Change[]): Html {
  const cell = (text: string | undefined) => html`<td>${text === undefined ? '–' : text || 'yes'}</td>`;
  const rows = changes
    .slice(0, MOST)
    .map(
      ({ name, before, after }) => html`<tr><th scope="row">${name}</th>${cell(before)}${cell(after)}</tr>`,
    );
  return html`<h2>${heading}</h2>
<table class="parts">
<thead><tr><th scope="col">what</th><th scope="col">before</th><th scope="col">after</th></tr></thead>
<tbody>${rows}</tbody>
</table>${changes.length > MOST ? html`<p>and ${changes.length - MOST} more</p>` : undefined}`;
}

const STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1b1b; --line: #8886; --up: #17663b; --down: #8a4b00; --new: #0b5394; }
@media (prefers-color-scheme: dark) { :root { --paper: #16181d; --ink: #eceef2; --up: #7fd6a4; --down: #f0b266; --new: #8fc4f5; } }
body { font: 16px/1.45 system-ui, sans-serif; margin: 0; background: var(--paper); color: var(--ink); }
main { max-width: 64rem; margin: 0 auto; padding: 1.5rem 1rem; }
h1 { font-size: 1.6rem; margin: 0; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
table { border-collapse: collapse; width: 100%; margin: 0 0 1.5rem; table-layout: fixed; }
caption { text-align: start; font-weight: 600; padding: .5rem 0; }
th, td { text-align: start; vertical-align: top; padding: .5rem; border-top: 1px solid var(--line); overflow-wrap: anywhere; font-weight: 400; }
thead th { font-size: .85rem; font-weight: 600; }
ol { margin: 0; padding-inline-start: 1.5rem; }
.up { color: var(--up); } .down { color: var(--down); } .new { color: var(--new); font-weight: 600; }
.key span, .key s { margin-inline-end: 1rem; }
tr { break-inside: avoid; }
.spoken { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
`;
