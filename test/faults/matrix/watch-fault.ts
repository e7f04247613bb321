import type { Account, SlotItems } from './fault.ts';

// The first script of a page that is about to be broken. It keeps what it needs of the browser's own functions, and its
// loops are by index, because whatever breaks the page must not break this.
const { parent, performance } = window;
const tell = parent.postMessage.bind(parent);
const nextFrame = requestAnimationFrame.bind(window);
const later = setTimeout.bind(window);
const queryAll = Document.prototype.querySelectorAll;
const clock = performance.now.bind(performance);

/** A page that decides has ended a while after it decided; one that never will, when this has passed. */
const REST_MS = 300;
const GIVEN_UP_MS = document.currentScript?.dataset.decides === 'false' ? 1200 : 12_000;

const errors: string[] = [];
const moves: string[] = [];
let authored: SlotItems[] = [];
let seen: { readonly element: HTMLElement; readonly place: string }[] = [];

addEventListener('error', (event) => note(errors, `${event.message} ${event.filename}:${event.lineno}`));
addEventListener('unhandledrejection', ({ reason }) => note(errors, `rejected: ${reason?.stack ?? reason}`));
document.addEventListener('DOMContentLoaded', () => {
  authored = slotItems();
  const parsed = clock();
  let decided: number | undefined;
  const look = () => {
    if (decided === undefined && hasDecided()) decided = clock();
    const over = decided === undefined ? clock() - parsed > GIVEN_UP_MS : clock() - decided > REST_MS;
    // A fault that takes its time says so.
    if (over && !document.documentElement.hasAttribute('data-fault-runs')) later(end, 0);
    else later(look, 20);
  };
  look();
});
// Whatever the page itself does is no fault of anybody.
addEventListener('page-changed', () => {
  authored = slotItems();
  seen = [];
});
nextFrame(sample);

function end(): void {
  const codes: string[] = [];
  try {
    window.inkling?.on('diagnostic', ({ code }) => note(codes, code));
  } catch {}
  tell({ errors, moves, authored, found: slotItems(), codes } satisfies Account, '*');
}

function hasDecided(): boolean {
  try {
    const slots = find('[data-inkling-slot]').length;
    const count = window.inkling?.slates().length ?? 0;
    return count > 0 && count >= Math.min(slots, 3);
  } catch {
    return false;
  }
}

function sample(): void {
  for (let i = 0; i < seen.length; i++) {
    const { element, place } = seen[i] as (typeof seen)[number];
    const now = element.isConnected ? placeOf(element) : 'gone';
    if (now !== place) note(moves, `${element.getAttribute('data-inkling-item')}: ${place} → ${now}`);
  }
  seen = [];
  const items = find('[data-inkling-slot] [data-inkling-item]');
  for (let i = 0; i < items.length; i++) {
    const element = items[i] as HTMLElement;
    const { top, bottom, width } = element.getBoundingClientRect();
    if (width > 0 && bottom > 0 && top < innerHeight)
      seen[seen.length] = { element, place: placeOf(element) };
  }
  nextFrame(sample);
}

function placeOf(element: Element): string {
  const { left, top } = element.getBoundingClientRect();
  return `${Math.round(left + scrollX)},${Math.round(top + scrollY)}`;
}

function slotItems(): SlotItems[] {
  const slots = find('[data-inkling-slot]');
  const all: SlotItems[] = [];
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i] as HTMLElement;
    const items: string[] = [];
    for (let child = slot.firstElementChild; child; child = child.nextElementSibling) {
      const id = child.getAttribute('data-inkling-item');
      if (id !== null) note(items, id);
    }
    all[i] = {
      slot: slot.getAttribute('data-inkling-slot') ?? '',
      kind: slot.getAttribute('data-inkling-kind') ?? 'order',
      items,
    };
  }
  return all;
}

function find(selector: string): NodeListOf<Element> {
  return queryAll.call(document, selector);
}

function note(list: string[], text: string): void {
  list[list.length] = text;
}
