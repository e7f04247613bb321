import type { Arrange } from './arrange.ts';
import { itemIdOf, type View } from './slot-view.ts';

/** Permutes the children: those of the slate first, the others in authored order. No child is removed, and one without an
 * id keeps its place. What the page has taken away since does not come back; what it has put in its place, or behind the
 * others, counts as authored behind them. */
export function createOrderView(element: Element, arrange: Arrange): View {
  const known = new Set<Element>();
  const isItem = (child: Element) => itemIdOf(child) !== undefined;
  /** Items by id, as authored; of two with one id the first. */
  const readItems = () => {
    for (const child of element.children) if (isItem(child)) known.add(child);
    const items = [...known].filter((child) => child.parentNode === element && isItem(child));
    return {
      items,
      byId: new Map(items.map((child) => [itemIdOf(child), child]).reverse() as [string, Element][]),
    };
  };
  return {
    authored: () => [...new Set(readItems().items.map((child) => itemIdOf(child) as string))],
    show(slate) {
      const { items, byId } = readItems();
      const first = (slate?.items ?? []).flatMap(({ id }) => byId.get(id) ?? []);
      const order = new Set([...first, ...items]).values();
      arrange(
        element,
        [...element.children].map((child) => (isItem(child) ? (order.next().value as Element) : child)),
      );
    },
  };
}
