import type { Pack } from '../pack/pack.ts';
import type { SlotSpec } from '../slate/slot.ts';
import { type Assignment, assign } from './assign.ts';

type Experimental = Pick<Pack, 'slots' | 'experiments' | 'holdouts'>;

/** The slots as a unit has them. */
export type AssignSlots = (unit: string) => readonly SlotSpec[];

/** Where a unit stands in every experiment of a pack, in the pack's order. */
export function assignAll(
  { experiments = [], holdouts = [] }: Experimental,
  unit: string,
): readonly Assignment[] {
  return experiments.map((experiment) => assign(experiment, unit, holdouts));
}

/** The pack's slots with those of a unit's variations in their place; where two variations have a slot of the same id,
 * the experiment that stands first in the pack has it. Remembers the latest unit, because a page has only one. */
export function createAssignment(pack: Experimental): AssignSlots {
  let known: string | undefined;
  let slots: readonly SlotSpec[] = pack.slots;
  return (unit) => {
    if (unit !== known) {
      const own = assignAll(pack, unit).flatMap(({ variation }) => variation?.slots ?? []);
      slots = pack.slots.map((slot) => own.find(({ id }) => id === slot.id) ?? slot);
      known = unit;
    }
    return slots;
  };
}
