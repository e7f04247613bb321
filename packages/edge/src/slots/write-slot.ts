import type { EdgeSlate } from '@inkling/core';
import type { AuthoredChild, AuthoredSlot } from './authored-slot.ts';

/** A part of the page: from one place to another as it was written, or new text. */
export type Piece = readonly [from: number, to: number] | string;

/** What the slot shows, in the order of its items or variants as their author wrote them. */
export function authoredIds({ kind, children }: AuthoredSlot): readonly string[] {
  const items = children.flatMap(({ item }) => item ?? []);
  if (kind !== 'variant') return [...new Set(items)];
  return [...items.slice(0, 1), ...children.flatMap(({ variant }) => variant ?? [])];
}

/**
 * The slot's text after its name, with its children as the slate has them and the slate beside its name. Nothing is
 * written but what its author wrote, in another order; no child is removed.
 *
 * @returns undefined where the slate cannot be shown
 */
export function writeSlot(slot: AuthoredSlot, edge: EdgeSlate): readonly Piece[] | undefined {
  const ids = edge.slate.items.map(({ id }) => id);
  const moved = slot.kind === 'variant' ? swapVariant(slot, ids[0]) : permute(slot, ids);
  if (!moved) return undefined;
  // The first of two attributes counts: to the client, one that knows none of this included, the slot is decided.
  const pieces: Piece[] = [attribute('kind', 'edge') + attribute('slate', edge)];
  let at = slot.nameEnd;
  for (const [{ start, end }, written] of moved) {
    pieces.push([at, start], ...written);
    at = end;
  }
  return [...pieces, [at, slot.end]];
}

type Written = readonly (readonly [place: AuthoredChild, written: readonly Piece[]])[];

/** Those of the slate first, the others in authored order; a child without an id keeps its place. As the client does. */
function permute({ children }: AuthoredSlot, ids: readonly string[]): Written {
  const places = children.filter(({ item }) => item !== undefined);
  const byId = new Map(places.map((child) => [child.item, child]));
  const order = [...new Set([...ids.flatMap((id) => byId.get(id) ?? []), ...places])];
  return places.map((place, rank) => {
    const { start, end } = order[rank] as AuthoredChild; // as many as there are places
    return [place, [[start, end]]];
  });
}

/** The variant's content changes places with what stands there, which becomes a variant itself. */
function swapVariant({ children }: AuthoredSlot, id: string | undefined): Written | undefined {
  const shown = children.find(({ item }) => item !== undefined);
  if (!shown) return undefined;
  if (id === shown.item) return [];
  const template = children.find(({ variant }) => variant === id);
  if (!template || id === undefined) return undefined;
  const { first, start } = template;
  if (!first) return undefined;
  const swapped: readonly (readonly [AuthoredChild, readonly Piece[]])[] = [
    // Of two attributes of one name the first counts.
    [shown, [[first.start, first.nameEnd], attribute('item', id), [first.nameEnd, first.end]]],
    [template, ['<template', attribute('variant', shown.item), '>', [shown.start, shown.end], '</template>']],
  ];
  return start < shown.start ? [...swapped].reverse() : swapped;
}

/** ASCII, whatever the page's encoding; text is written as it is, all else as JSON. */
function attribute(name: 'kind' | 'slate' | 'item' | 'variant', value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const escaped = text.replace(
    typeof value === 'string' ? /[&'<>]|[^ -~]/gu : /[&'<>]/g,
    (char) => `&#${char.codePointAt(0)};`,
  );
  const ascii = escaped.replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return ` data-inkling-${name}='${ascii}'`;
}
