import type { Slate } from '@inkling/core';
import { createControls } from './controls.ts';
import { find } from './create-element.ts';
import { createDiagnosticsView } from './diagnostics-view.ts';
import { type FrameInkling, whenInklingStarts } from './frame-inkling.ts';
import { bindFrameWidth } from './frame-width.ts';
import { showKnown } from './known-view.ts';
import { momentToPatch } from './moment-to-patch.ts';
import { createSlatesView } from './slates-view.ts';

const OFF =
  'Personalization is off in this browser, because its visitor said no. The page stays as it was authored. To change that, open “Privacy choices” at the foot of the page.';
const HOLDOUT =
  'This visit belongs to the holdout: it gets the baseline, so the moment changes nothing it sees.';

const frame = find<HTMLIFrameElement>('[data-frame]');
const state = find('[data-state]');
const note = find('[data-note]');
const titles = new Map<string, string>();
const slatesView = createSlatesView(find('[data-slates]'), (id) => titles.get(id) ?? id);
const addDiagnostic = createDiagnosticsView(find('[data-diagnostics]'));
let inkling: FrameInkling | undefined;
let waiting = new AbortController();
let drawing = 0;

const controls = createControls((moment) => {
  history.replaceState(null, '', `#${new URLSearchParams(moment)}`);
  inkling?.context.override(momentToPatch(moment));
  draw();
});

/** Shows the present state of the framed page, once per animation frame however much has changed. */
function draw(): void {
  cancelAnimationFrame(drawing);
  drawing = requestAnimationFrame(() => {
    if (inkling === undefined) return;
    const slates = inPageOrder(inkling.slates());
    const refused = inkling.consent.get().purposes.context === 'refused';
    const held = slates.length > 0 && slates.every(({ arm }) => arm === 'holdout');
    note.hidden = !refused && !held;
    note.textContent = refused ? OFF : HOLDOUT;
    showKnown(find('[data-known]'), inkling.context.get());
    slatesView.show(slates, inkling);
  });
}

function inPageOrder(slates: readonly Slate[]): readonly Slate[] {
  const slots = [...(frame.contentDocument?.querySelectorAll<HTMLElement>('[data-inkling-slot]') ?? [])];
  const place = (slate: Slate): number => slots.findIndex((slot) => slot.dataset.inklingSlot === slate.slot);
  return [...slates].sort((a, b) => place(a) - place(b));
}

async function connect(): Promise<void> {
  waiting.abort();
  waiting = new AbortController();
  const { signal } = waiting;
  inkling = undefined;
  state.textContent = 'Starting the page';
  find('[data-address]').textContent = frame.contentWindow?.location.pathname ?? '';
  const found = await whenInklingStarts(frame, signal);
  if (signal.aborted) return;
  if (found === undefined) {
    state.textContent = 'Inkling is not running in this page';
    return;
  }
  inkling = found;
  state.textContent = 'Connected';
  found.on('decision', draw);
  found.on('diagnostic', (diagnostic) => {
    addDiagnostic(diagnostic);
    draw();
  });
  found.consent.subscribe(draw);
  const patch = momentToPatch(controls.moment);
  if (patch !== undefined) found.context.override(patch);
  draw();
}

async function readTitles(): Promise<void> {
  const response = await fetch('/playground/items.json');
  if (!response.ok) return;
  for (const { id, title } of (await response.json()) as readonly { id: string; title: string }[])
    titles.set(id, title);
  draw();
}

controls.set(Object.fromEntries(new URLSearchParams(location.hash.slice(1))));
if (matchMedia('(max-width: 64rem)').matches) find<HTMLDetailsElement>('.controls').open = false;
bindFrameWidth(frame);
frame.addEventListener('load', () => void connect());
find('[data-reload]').addEventListener('click', () => frame.contentWindow?.location.reload());
void readTitles();
void connect();
