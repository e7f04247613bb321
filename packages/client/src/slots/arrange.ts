/** Brings the children of an element into an order. */
export type Arrange = (parent: Element, wanted: readonly Element[]) => void;

type Movable = Element & { moveBefore?(node: Node, before: Node | null): void };

/** With `moveBefore`, which keeps focus, media and frames alive: https://dom.spec.whatwg.org/#dom-parentnode-movebefore.
 * Without it, by the code that moves around what holds a state; until that has come, where nothing holds one. */
export function createArrange(element: Element): Arrange {
  let arrangeAround: Arrange | undefined;
  if (!('moveBefore' in element)) {
    import('./arrange-around.ts').then(
      (code) => {
        arrangeAround = code.arrangeAround;
      },
      () => {},
    );
  }
  return (parent: Movable, wanted) => {
    const { moveBefore } = parent;
    if (arrangeAround) arrangeAround(parent, wanted);
    else if (moveBefore || !parent.querySelector(':focus,iframe,video,audio,object,embed')) {
      wanted.reduceRight<Element | null>((before, child) => {
        if (child.nextElementSibling !== before)
          (moveBefore ?? parent.insertBefore).call(parent, child, before);
        return child;
      }, null);
    }
  };
}
