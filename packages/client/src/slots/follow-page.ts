import type { Inkling } from '../inkling.ts';
import type { PaintGuard } from './paint-guard.ts';
import { defineSlotElement } from './slot-element.ts';
import { watchNavigation } from './watch-navigation.ts';

export { watchExposure } from './watch-exposure.ts';

export interface FollowOptions {
  readonly root: Document;
  readonly inkling: Inkling;
  /** The slots that are known. */
  readonly elements: readonly HTMLElement[];
  readonly guard: PaintGuard;
  /** There are slots that were not there before. Until the next frame nobody has seen them. */
  onSlots(elements: readonly HTMLElement[], wasSeen: PaintGuard['wasSeen']): void;
}

/** Lays over the page what its link says, in memory, for as long as this document lives. */
async function showPreview(text: string, inkling: Inkling): Promise<void> {
  const { readPreview } = await import('../read-preview.ts');
  await inkling.ready;
  const { context, ignored } = readPreview(text, inkling.context.get());
  if (context) inkling.context.override(context);
  for (const part of ignored)
    inkling.report({ code: 'preview_ignored', stage: 'preview', message: part, at: Date.now() });
}

/** Follows a page that goes on after it was loaded: the view of an item's own page; slots that come later, and elements
 * that become slots later, as a framework marks them once it has hydrated them; and pages that a script shows in the
 * place of the first: by the Navigation API, else, with `data-inkling-history="patch"` on `<body>`, by a wrapped
 * `history.pushState`. Defines `<inkling-slot>` where the page has one, and obeys a
 * preview link. @returns the disposer */
export function followPage(options: FollowOptions): () => void {
  const { root, inkling, elements, guard, onSlots } = options;
  const known = new WeakSet<Element>(elements);
  const find = (nodes: readonly Node[]) => {
    // To give it its attributes is to mark it: it is found by them.
    if (root.querySelector('inkling-slot:not(:defined)')) defineSlotElement();
    const added = [...root.querySelectorAll<HTMLElement>('[data-inkling-slot]')].filter(
      (element) => !known.has(element),
    );
    if (added.length === 0) return;
    for (const element of added) known.add(element);
    let painted = false;
    requestAnimationFrame(() => {
      painted = true;
    });
    // What was there before it became a slot may have been painted.
    const isNew = (element: Element) => nodes.some((node) => node.contains(element));
    onSlots(added, (element) => (painted || !isNew(element)) && guard.wasSeen(element));
  };
  const observer = new MutationObserver((records) =>
    find(records.flatMap(({ addedNodes }) => [...addedNodes])),
  );
  observer.observe(root, { childList: true, subtree: true, attributeFilter: ['data-inkling-slot'] });
  // What came before this code did may have been painted.
  find([]);
  const view = () => {
    const item = root.body.dataset.inklingPageItem ?? inkling.context.get().page.item;
    if (item !== 'unknown') inkling.track({ type: 'view', item });
  };
  // Where the page has broken what is needed for it, nothing is viewed.
  inkling.ready.then(view).catch(() => {});
  const preview = new URLSearchParams(location.search).get('inkling-preview');
  if (preview) void showPreview(preview, inkling).catch(() => {});
  const patchHistory = root.body.dataset.inklingHistory === 'patch';
  const stopNavigation = watchNavigation(() => {
    inkling.enterPage();
    view();
  }, patchHistory);
  return () => {
    observer.disconnect();
    stopNavigation();
  };
}
