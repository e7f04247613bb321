import type { Item } from '@inkling/core';
import { itemIdOf, type View } from './slot-view.ts';

/** Attributes a card may fill; no attribute that runs code or styles is among them. */
const ATTRIBUTES = /^(href|src|alt|title|datetime|value|aria-label|data-[\w-]+)$/;

/** Replaces the authored fallback with cards made from the slot's template. */
export function createListView(element: HTMLElement): View {
  const template = element.querySelector<HTMLTemplateElement>(':scope > template');
  const fallback = [...element.children].filter((child) => child !== template);
  return {
    authored: () => fallback.flatMap((child) => itemIdOf(child) ?? []),
    show(slate, find) {
      const model = template?.content.firstElementChild;
      const cards = (slate && model ? slate.items : []).flatMap(({ id }) => {
        const ready = fallback.find((child) => itemIdOf(child) === id);
        const item = find(id);
        return ready ?? (item ? [createCard(model as Element, item)] : []);
      });
      const next = cards.length > 0 ? cards : fallback;
      element.replaceChildren(...(template ? [template] : []), ...next);
    },
  };
}

function createCard(model: Element, item: Item): Element {
  const card = model.cloneNode(true) as HTMLElement;
  card.dataset.inklingItem = item.id;
  for (const node of [card, ...card.querySelectorAll<HTMLElement>('*')]) {
    const { inklingText, inklingAttr } = node.dataset;
    if (inklingText) node.textContent = fieldOf(item, inklingText);
    for (const pair of inklingAttr?.split(';') ?? []) {
      const [name = '', path = ''] = pair.split(':').map((part) => part.trim());
      const value = fieldOf(item, path);
      if (ATTRIBUTES.test(name) && isSafe(name, value)) node.setAttribute(name, value);
    }
  }
  return card;
}

/** A field of the item, or `attributes.name`. */
function fieldOf(item: Item, path: string): string {
  const value = path
    .split('.')
    .reduce<unknown>((from, key) => (from as Record<string, unknown>)?.[key], item);
  return value === undefined ? '' : String(value);
}

/** Addresses only of this site's own kind: http and https. */
function isSafe(name: string, value: string): boolean {
  if (name !== 'href' && name !== 'src') return true;
  try {
    return /^https?:$/.test(new URL(value, document.baseURI).protocol);
  } catch {
    return false;
  }
}
