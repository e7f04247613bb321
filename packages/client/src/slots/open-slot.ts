import { arrange } from './arrange.ts';
import { createOrderView } from './order-view.ts';
import type { CreateView, SlotView } from './slot-view.ts';
import { createVariantView } from './variant-view.ts';

/** Reads a slot of the document. One of an unknown kind is left alone, and so is one whose code, which only some pages or
 * browsers need, cannot be loaded. */
export async function openSlot(element: HTMLElement): Promise<SlotView | undefined> {
  const { inklingSlot: id = '', inklingKind: kind = 'order', inklingK } = element.dataset;
  try {
    let createView: CreateView | undefined;
    if (kind === 'order') createView = createOrderView;
    if (kind === 'variant') createView = createVariantView;
    if (kind === 'list') createView = (await import('./list-view.ts')).createListView;
    if (kind === 'shelves') createView = (await import('./shelves-view.ts')).createShelvesView;
    if (kind === 'edge') createView = (await import('./edge-view.ts')).createEdgeView;
    // Only what moves children needs it.
    const isMoved = kind !== 'variant' && kind !== 'list';
    const move =
      'moveBefore' in element || !isMoved ? arrange : (await import('./arrange-around.ts')).arrangeAround;
    const k = kind === 'variant' ? 1 : Number(inklingK) || undefined;
    return createView && { id, element, k, ...createView(element, move) };
  } catch {
    return undefined;
  }
}
