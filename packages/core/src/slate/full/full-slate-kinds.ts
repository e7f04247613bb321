import { lastShown } from '../../profile/last-shown.ts';
import type { SlateItem } from '../slate.ts';
import type { SlateKinds } from '../slate-kinds.ts';
import type { SlotSpec } from '../slot.ts';
import { buildList } from './build-list.ts';
import { buildShelves } from './build-shelves.ts';
import { buildVariants } from './build-variants.ts';
import { periodOf } from './cadence.ts';
import type { FullRequest } from './full-request.ts';
import { entryOf, kindOf } from './kind-table.ts';
import { objectiveKinds } from './objective-kinds.ts';
import { policyKinds } from './policy-kinds.ts';
import { ruleKinds } from './rule-kinds.ts';

type Layout = (request: FullRequest) => readonly SlateItem[];

const layouts: Readonly<Record<string, Layout>> = {
  order: buildList,
  list: buildList,
  variant: buildList,
  'variant per item': buildVariants,
  shelves: buildShelves,
};

/** All that a slot may name. */
export const fullSlateKinds: SlateKinds = { build: buildSlate };

/** Chooses and orders the items of a slot. While its period lasts, what the visitor was shown there stays, as far as the
 * profile remembers it.
 * @throws InklingError E_PACK_FORMAT naming what is not known */
export function buildSlate(request: FullRequest): readonly SlateItem[] {
  const { slot, profile } = request;
  const { seed, holds } = periodOf(request);
  const last = lastShown(profile, slot.id);
  return layoutOf(slot)({ ...request, seed, staying: last && holds(last.at) ? last.items : [] });
}

function layoutOf({ kind, per }: SlotSpec): Layout {
  return entryOf(layouts, per === undefined ? kind : `${kind} per ${per}`);
}

/** The whole vocabulary, once the slots of a pack are found to name nothing else.
 * @throws InklingError E_PACK_FORMAT naming what is not known */
export function slateKindsFor(slots: readonly SlotSpec[]): SlateKinds {
  slots.forEach(checkSlot);
  return fullSlateKinds;
}

function checkSlot(slot: SlotSpec): void {
  const { policy, rules, objectives = [], shelves } = slot;
  layoutOf(slot);
  periodOf({ slot, seed: '', now: 0 });
  for (const spec of [policy, shelves?.policy ?? policy]) kindOf(policyKinds, spec);
  for (const spec of [...rules, ...(shelves?.rules ?? [])]) kindOf(ruleKinds, spec);
  for (const spec of objectives) kindOf(objectiveKinds, spec);
}
