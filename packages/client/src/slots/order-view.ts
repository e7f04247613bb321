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
      const first = (slate?.items ?? []).flatMap(
        ({ id }) => items.find((child) => itemIdOf(child) === id) ?? [],
      );
      const there = authored.filter((child) => items.includes(child));
      const order = [...new Set([...first, ...there, ...items])];
      [...element.children].forEach((child, index) => {
        const wanted = items.includes(child) ? (order.shift() as Element) : child;
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
