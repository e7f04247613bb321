import type { Change, PackDiff, SlateChange } from './diff-packs.ts';
import { movesOf } from './moves-of.ts';

/** A difference for a terminal. */
export function diffText({ before, after, parts, slates }: PackDiff): string {
  const changed = slates.filter(isChanged);
  const same = slates.length - changed.length;
  return [
    `${before} → ${after}`,
    ...Object.entries(parts).flatMap(([heading, changes]) => ['', heading, ...sayChanges(changes)]),
    '',
    `Slates: ${changed.length} of ${slates.length} sample slates differ${same > 0 ? `, ${same} are the same` : ''}`,
    ...changed.flatMap((slate) => [`  ${slate.slot}, ${slate.moment}`, `    ${saySlate(slate)}`]),
  ].join('\n');
}

function isChanged({ before, after }: SlateChange): boolean {
  return before.join('\n') !== after.join('\n');
}

/** A heading says so many, and how many more there are. */
const MOST = 30;

function sayChanges(changes: readonly Change[]): readonly string[] {
  const more = changes.length - MOST;
  return [...changes.slice(0, MOST).map(sayChange), ...(more > 0 ? [`  and ${more} more`] : [])];
}

function sayChange({ name, before, after }: Change): string {
  if (before === undefined) return `  + ${name} ${after}`.trimEnd();
  if (after === undefined) return `  - ${name} ${before}`.trimEnd();
  return `  ~ ${name}: ${before} → ${after}`;
}

/** `cape ▲3, mug ▼1, lamp, new hat; gone: boot`. */
function saySlate(slate: SlateChange): string {
  const { places, gone } = movesOf(slate);
  const said = places.map(({ id, up }) =>
    up === undefined ? `new ${id}` : up === 0 ? id : `${id} ${up > 0 ? '▲' : '▼'}${Math.abs(up)}`,
  );
  return `${said.join(', ')}${gone.length > 0 ? `; gone: ${gone.join(', ')}` : ''}`;
}
