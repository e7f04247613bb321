import { createContext, type EdgeSlate, fillsOf } from '@inkling/core';
import type { SlotDecider } from '../decide-slot.ts';
import { readEdgeContext } from '../read-edge-context.ts';
import { createOrderView } from './order-view.ts';
import type { CreateView } from './slot-view.ts';
import { createVariantView } from './variant-view.ts';

/** A slot that came decided: the slate is adopted as it is, and authored is what it was before the edge. */
export const createEdgeView: CreateView = (element, arrangeIn) => {
  const edge = edgeSlateOf(element);
  const view =
    edge?.kind === 'variant' ? createVariantView(element) : createOrderView(element, arrangeIn(element));
  if (!edge) return view;
  const { slate, authored } = edge;
  return {
    ...view,
    authored: () => authored,
    decide: adopting(element, edge),
    show(next, items) {
      if (next === slate) return;
      view.show(next ?? { ...slate, items: fillsOf(authored, 0, authored.length) }, items);
    },
  };
};

/** Undefined where it is somebody else's attribute. */
function edgeSlateOf({ dataset }: HTMLElement): EdgeSlate | undefined {
  try {
    const edge: EdgeSlate = JSON.parse(dataset.inklingSlate as string);
    return Array.isArray(edge.authored) && Array.isArray(edge.slate.items) ? edge : undefined;
  } catch {
    return undefined;
  }
}

/** Finds out why the edge decided so: by the same pack, the same context and no profile the same slate follows. Where it
 * does not, because the pack is another by now, no scores are told. */
function adopting(element: HTMLElement, { slate, authored, now }: EdgeSlate): SlotDecider {
  return async (spec, rank, situation, decideHere) => {
    // By the visitor's own act another slate may stand there.
    if (rank.late?.() === undefined) return decideHere(spec, rank, situation);
    const decided = [...document.querySelectorAll<HTMLElement>('[data-inkling-slate]')];
    const before = decided.slice(0, decided.indexOf(element)).map(edgeSlateOf);
    const decision = await decideHere(
      spec,
      { ...rank, items: authored.map((id) => ({ id })) },
      {
        ...situation,
        // It stands there: only why is asked.
        isLate: () => false,
        adapter: undefined,
        context: createContext(readEdgeContext()),
        profile: undefined,
        arm: slate.arm,
        shown: new Set(before.flatMap((other) => other?.slate.items.map(({ id }) => id) ?? [])),
        seed: slate.decisionId,
        now,
      },
    );
    if (!decision) return undefined;
    const isSame = JSON.stringify(decision.slate.items) === JSON.stringify(slate.items);
    return isSame ? { ...decision, slate } : { ...decision, slate, chosen: slate.items, ranking: undefined };
  };
}
