import { itemIdOf, type View } from './slot-view.ts';

/** Shows one of the authored child and the templates `data-inkling-variant`. */
export function createVariantView(element: HTMLElement): View {
  const templates = [
    ...element.querySelectorAll<HTMLTemplateElement>(':scope > template[data-inkling-variant]'),
  ];
  const authored = [...element.children].find((child) => itemIdOf(child) !== undefined);
  let shown = authored;
  return {
    k: 1,
    authored: () => [
      ...(authored ? [itemIdOf(authored) as string] : []),
      ...templates.map((template) => template.dataset.inklingVariant as string),
    ],
    show(slate) {
      const id = slate?.items[0]?.id;
      // What is shown has an id.
      if (!shown || !authored || id === itemIdOf(shown)) return;
      const template = templates.find((candidate) => candidate.dataset.inklingVariant === id);
      const copy = template?.content.firstElementChild?.cloneNode(true) as HTMLElement | undefined;
      if (copy) copy.dataset.inklingItem = id as string; // as its template has
      const next = copy ?? authored;
      shown.replaceWith(next);
      shown = next;
    },
  };
}
