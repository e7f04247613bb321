import type { EdgePlatform } from '../edge-platform.ts';
import type { EdgePack } from '../pack/open-edge-pack.ts';
import type { Report } from '../report.ts';
import type { PageDecider } from './decide-page.ts';
import type { SlotDecider } from './rewrite-slots.ts';

/** Decides the slots that the pack leaves to the edge; undefined where it leaves none. */
export function deciderOf(
  { slots, memo }: EdgePack,
  page: PageDecider,
  platform: EdgePlatform,
  report: Report,
): SlotDecider | undefined {
  if (slots.size === 0) return undefined;
  return {
    slots: new Set(slots.keys()),
    page,
    memo,
    onUnclear(slot, cause) {
      const which = slot === undefined ? 'The page' : `The slot ${slot}`;
      report('edge_slot', `${which} goes out as it was written.`, platform, cause);
    },
  };
}
