import type { ContextPatch } from '@inkling/core';
import type { Moment } from './scenes.ts';

const NUMBERS: ReadonlySet<string> = new Set(['time.hour', 'time.weekday']);

/** The override for a moment; undefined, which clears it, where nothing is set. */
export function momentToPatch(moment: Moment): ContextPatch | undefined {
  const patch: Record<string, Record<string, string | number>> = {};
  for (const [path, value] of Object.entries(moment)) {
    const [area = '', field = ''] = path.split('.');
    const known = NUMBERS.has(path) && value !== 'unknown' ? Number(value) : value;
    patch[area] = { ...patch[area], [field]: known };
  }
  // The paths and values come from the page's own controls, which offer only what a context can hold.
  return Object.keys(patch).length > 0 ? (patch as ContextPatch) : undefined;
}
