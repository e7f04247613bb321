/** What loses its state when it is taken out of the document, if only to be put back. */
const STATEFUL = 'iframe,video,audio,object,embed';

/** Brings children into an order without `moveBefore`: a child that holds the focus, the selection, media or a frame stays
 * attached, and the others move around it. Where that cannot be, nothing moves. */
export function arrangeAround(parent: Element, wanted: readonly Element[]): void {
  const staying = wanted.filter(holdsState);
  const stand = staying.every((child, place) => place === 0 || follows(child, staying[place - 1] as Element));
  if (!stand) return;
  const scrolled = wanted
    .flatMap((child) => [child, ...child.querySelectorAll('*')])
    .flatMap((element) => {
      const { scrollTop: top, scrollLeft: left } = element;
      return top || left ? [() => element.scrollTo({ top, left, behavior: 'instant' })] : [];
    });
  wanted.reduceRight<Element | null>((before, child) => {
    if (child.nextElementSibling !== before && !staying.includes(child)) parent.insertBefore(child, before);
    return child;
  }, null);
  for (const restore of scrolled) restore();
}

function holdsState(child: Element): boolean {
  const selection = getSelection();
  return (
    child.contains(document.activeElement) ||
    child.matches(STATEFUL) ||
    child.querySelector(STATEFUL) !== null ||
    (selection !== null && !selection.isCollapsed && selection.containsNode(child, true))
  );
}

function follows(child: Element, other: Element): boolean {
  return !!(other.compareDocumentPosition(child) & Node.DOCUMENT_POSITION_FOLLOWING);
}
