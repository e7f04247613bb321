import type { Inkling } from '../inkling.ts';
import { openSlot } from './open-slot.ts';
import { createPaintGuard, type PaintGuard } from './paint-guard.ts';
import type { SlotView } from './slot-view.ts';
import { watchActs } from './watch-acts.ts';

/** Undefined where it does not matter: by the visitor's own act. */
type WasSeen = (element: Element) => boolean | undefined;

export interface MountOptions {
  /** @default the page's document */
  readonly root?: Document;
  /** What watched the page from an earlier moment on. @default one that begins now */
  readonly guard?: PaintGuard;
}

/** Decides and shows every slot of the document, in document order, also those that come later, and keeps them in line
 * with consent. A slot that may have been seen is left as it is, unless the change is the visitor's own act.
 * @returns the disposer */
export function mountSlots(inkling: Inkling, options: MountOptions = {}): () => void {
  const { root = document, guard = createPaintGuard() } = options;
  const elements = [...root.querySelectorAll<HTMLElement>('[data-inkling-slot]')];
  const slots = elements.map(openSlot);
  const watching = new Map<SlotView, () => void>();
  // What a page needs once its slots show what they will show; it comes meanwhile, and nobody waits for it.
  const following = import('./follow-page.ts').catch(() => undefined);
  let round = 0;
  /** The visitor acted, and no round since has come to its end. */
  let isAct = false;

  async function show(these: typeof slots, wasSeen: WasSeen, mine: number): Promise<void> {
    // From here to the change of a slot no frame is painted in between.
    await inkling.ready;
    for (const opening of these) {
      const slot = await opening;
      if (!slot?.element.isConnected) continue;
      // What this round decides is of no use once there is a newer one.
      const late = () => mine !== round || wasSeen(slot.element);
      if (late() && watching.has(slot)) continue;
      const items = slot.authored().map((id) => ({ id }));
      const slate = await inkling.rank(slot.id, { ...slot, items, late });
      // A newer round has begun: its answers are the ones to show.
      if (mine !== round) return;
      if (!late()) slot.show(slate.source === 'authored' ? undefined : slate, inkling.item);
      watching.get(slot)?.();
      const ending = following
        .then((code) => code?.watchExposure(slot.element, () => inkling.expose(slate)))
        // In a browser without what it needs, nobody knows what was seen.
        .catch(() => undefined);
      watching.set(slot, () => void ending.then((stop) => stop?.()));
    }
    isAct = false;
  }
  const stopActs = watchActs(inkling, root);
  const stopChange = inkling.onChange((visitorsAct) => {
    isAct ||= visitorsAct;
    void show([...slots], isAct ? () => undefined : guard.wasSeen, ++round);
  });
  void show([...slots], guard.wasSeen, round);
  const stopping = following
    .then((code) =>
      code?.followPage({
        root,
        guard,
        inkling,
        elements,
        onSlots(added, wasSeen) {
          const opened = added.map(openSlot);
          slots.push(...opened);
          void show(opened, wasSeen, round);
        },
      }),
    )
    .catch(() => undefined);
  return () => {
    round++;
    stopActs();
    stopChange();
    guard.stop();
    void stopping.then((stop) => stop?.());
    for (const stop of watching.values()) stop();
  };
}
