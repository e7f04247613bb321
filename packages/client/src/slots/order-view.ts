import { itemIdOf, type SlotView } from './slot-view.ts';

/** Permutes the children: those of the slate first, the others in authored order. No child is removed, and one without an
 * id keeps its place. What the page has taken away since does not come back, and what it has put in its place counts. */
export function createOrderView(element: HTMLElement): Pick<SlotView, 'authored' | 'show'> {
  const readItems = () => [...element.children].filter((child) => itemIdOf(child) !== undefined);
  const authored = readItems();
  return {
    authored: [...new Set(authored.map((child) => itemIdOf(child) as string))],
    show(slate) {
      const items = readItems();
      const byId = new Map(items.map((child) => [itemIdOf(child), child]));
      const first = (slate?.items ?? []).flatMap(({ id }) => byId.get(id) ?? []);
      const there = authored.filter(({ parentNode }) => parentNode === element);
      const order = new Set([...first, ...there, ...items]).values();
      [...element.children].forEach((child, index) => {
        const wanted = itemIdOf(child) === undefined ? child : (order.next().value as Element);
        const now = element.children[index];
        if (now !== wanted) move(element, wanted, now ?? null);
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
