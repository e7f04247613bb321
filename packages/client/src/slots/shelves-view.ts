import type { SlateItem } from '@inkling/core';
import { createOrderView } from './order-view.ts';
import type { CreateView } from './slot-view.ts';

/** Orders the shelves, `data-inkling-shelf="group"`, among the children of the slot, and the items within each. Items
 * stand in `data-inkling-shelf-items`, where a shelf has that, else in the shelf itself. */
export const createShelvesView: CreateView = (element, arrangeIn) => {
  const arrange = arrangeIn(element);
  const shelves = [...element.children].flatMap((shelf) => {
    const group = shelf.getAttribute('data-inkling-shelf');
    const list = shelf.querySelector('[data-inkling-shelf-items]') ?? shelf;
    return group === null ? [] : [{ group, shelf, view: createOrderView(list, arrange) }];
  });
  const children = [...element.children];
  return {
    authored: () => shelves.flatMap(({ view }) => view.authored()),
    show(slate, find) {
      const items: readonly SlateItem[] = slate?.items ?? [];
      for (const { group, view } of shelves) {
        view.show(slate && { ...slate, items: items.filter(({ shelf }) => shelf === group) }, find);
      }
      const byGroup = new Map(shelves.map(({ group, shelf }) => [group, shelf]));
      const chosen = items.flatMap(({ shelf = '' }) => byGroup.get(shelf) ?? []);
      const ordered = [...new Set([...chosen, ...byGroup.values()])];
      const places = shelves.map(({ shelf }) => children.indexOf(shelf));
      const wanted = [...children];
      places.forEach((place, index) => {
        wanted[place] = ordered[index] as Element;
      });
      arrange(element, wanted);
    },
  };
};
