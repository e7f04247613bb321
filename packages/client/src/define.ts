import { defineSlotElement } from './slots/slot-element.ts';

export { defineSlotElement } from './slots/slot-element.ts';

// Before `mountSlots`, so that it finds the elements among the other slots.
defineSlotElement();
