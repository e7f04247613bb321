/** Brings the children of an element into an order. */
export type Arrange = (parent: Element, wanted: readonly Element[]) => void;

type Movable = Element & { moveBefore?(node: Node, before: Node | null): void };

/** With `moveBefore`, which keeps focus, media and frames alive: https://dom.spec.whatwg.org/#dom-parentnode-movebefore */
export function arrange(parent: Movable, wanted: readonly Element[]): void {
  wanted.reduceRight<Element | null>((before, child) => {
    if (child.nextElementSibling !== before) parent.moveBefore?.(child, before);
    return child;
  }, null);
}
