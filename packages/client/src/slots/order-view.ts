import { itemIdOf, type SlotView } from './slot-view.ts';

/** Permutes the authored children: those of the slate first, the others in authored order. No child is removed, and
 * one without an id keeps its place. */
export function createOrderView(element: HTMLElement): Pick<SlotView, 'authored' | 'show'> {
  const children = [...element.children];
  const places = children.flatMap((child, index) => (itemIdOf(child) === undefined ? [] : [index]));
  const byId = new Map(places.map((index) => [itemIdOf(children[index] as Element) as string, index]));
  return {
    authored: [...byId.keys()],
    show(slate) {
      const first = (slate?.items ?? []).flatMap(({ id }) => byId.get(id) ?? []);
      const order = [...new Set([...first, ...places])];
      const wanted = [...children];
      places.forEach((place, rank) => {
        wanted[place] = children[order[rank] as number] as Element;
      });
      wanted.forEach((child, index) => {
        const there = element.children[index];
        if (there !== child) move(element, child, there ?? null);
      });
    },
  };
}

/** moveBefore keeps focus, media and frames alive where the browser has it (https://dom.spec.whatwg.org/#dom-parentnode-movebefore). */
function move(parent: HTMLElement, child: Element, before: Element | null): void {
  const { moveBefore } = parent as { moveBefore?: (node: Node, before: Node | null) => void };
  if (moveBefore && child.isConnected) moveBefore.call(parent, child, before);
  else parent.insertBefore(child, before);
}
