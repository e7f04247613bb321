import type { ContextPatch } from '../context/context.ts';
import type { Arm, Slate } from '../slate/slate.ts';

/** What the edge wrote into a page's head. */
export type EdgeMoment = ContextPatch & {
  /** Of the slots that the edge decided, and so of all others on the page. @default it decided none */
  readonly arm?: Arm;
};

/** What the edge decided for a slot, as it stands beside the slot in the page, and all that the client needs beside the
 * page's context to know why. */
export interface EdgeSlate {
  /** Of the slot; its own attribute says `edge`. */
  readonly kind: 'order' | 'variant';
  /** Its source is `edge`: it is in no data that policies are judged by. */
  readonly slate: Slate;
  /** Ids in the order in which the page's author wrote them. */
  readonly authored: readonly string[];
  /** When it was decided. Epoch ms. */
  readonly now: number;
  /** Of the pack. */
  readonly version: number;
}
