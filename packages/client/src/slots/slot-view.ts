import type { Item, Slate } from '@inkling/core';
import type { SlotDecider } from '../decide-slot.ts';
import type { Arrange } from './arrange.ts';

/** A slot of the page: what it shows as authored, and how it shows a slate. */
export interface SlotView {
  readonly id: string;
  readonly element: HTMLElement;
  /** From data-inkling-k; one for a variant. */
  readonly k: number | undefined;
  /** Ids in authored order; a variant slot's authored child comes first. */
  authored(): readonly string[];
  /** Gives what the edge decided, which the page shows already. */
  readonly decide?: SlotDecider;
  /** Shows a slate, or with undefined what was authored. */
  show(slate: Slate | undefined, items: (id: string) => Item | undefined): void;
}

/** How a slot of one kind reads and changes the page. */
export type View = Pick<SlotView, 'authored' | 'show'> & Partial<Pick<SlotView, 'k' | 'decide'>>;

/** How a slot of one kind is opened. */
export type CreateView = (element: HTMLElement, arrangeIn: (parent: Element) => Arrange) => View;

/** The item's id that a child carries. */
export function itemIdOf(child: Element): string | undefined {
  return (child as HTMLElement).dataset?.inklingItem;
}
