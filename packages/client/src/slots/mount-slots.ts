import type { Inkling } from '../create-inkling.ts';
import { findSlots } from './find-slots.ts';
import { createPaintGuard, type PaintGuard } from './paint-guard.ts';
import type { SlotView } from './slot-view.ts';
import { watchActs } from './watch-acts.ts';

export interface MountOptions {
  /** @default the page's document */
  readonly root?: Document;
  /** What watched the page from an earlier moment on. @default one that begins now */
  readonly guard?: PaintGuard;
}

/** Decides and shows every slot of the document, in document order, and keeps them in line with consent. A slot that
 * may have been seen is left as it is, unless the change is the visitor's own act. @returns the disposer */
export function mountSlots(inkling: Inkling, options: MountOptions = {}): () => void {
  const { root = document, guard = createPaintGuard() } = options;
  const slots = findSlots(root);
  const watching = new Map<SlotView, () => void>();
  let round = 0;

  async function show(visitorsAct: boolean): Promise<void> {
    const mine = ++round;
    // From here to the change of a slot no frame is painted in between.
    await inkling.ready;
    for (const found of slots) {
      const slot = await found;
      if (!slot) continue;
      const late = !visitorsAct && guard.wasSeen(slot.element);
      if (late && watching.has(slot)) continue;
      const items = slot.authored.map((id) => ({ id }));
      const slate = await inkling.rank(slot.id, { items, late, ...(slot.k && { k: slot.k }) });
      // A newer round has begun: its answers are the ones to show.
      if (mine !== round) return;
      if (!late) slot.show(slate.source === 'authored' ? undefined : slate, inkling.item);
      watching.get(slot)?.();
      // Nobody waits for it: its code comes once the slot shows what it will show.
      const stopping = import('./watch-exposure.ts')
        .then(({ watchExposure }) => watchExposure(slot.element, slate, () => inkling.expose(slate)))
        // Without its code, or in a browser without what it needs, nobody knows what was seen.
        .catch(() => undefined);
      watching.set(slot, () => void stopping.then((stop) => stop?.()));
    }
  }
  const stopActs = watchActs(inkling, root);
  const stopChange = inkling.onChange((visitorsAct) => void show(visitorsAct));
  void show(false);
  return () => {
    round++;
    stopActs();
    stopChange();
    guard.stop();
    for (const stop of watching.values()) stop();
  };
}
