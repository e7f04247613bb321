import type { Context } from '@inkling/core';
import { createElement } from './create-element.ts';

/** Lists what the page knows of the moment, leaving out what it does not. */
export function showKnown(root: HTMLElement, context: Context): void {
  const known: HTMLElement[] = [];
  for (const area of ['time', 'weather', 'geo', 'device', 'session', 'visit'] as const) {
    for (const [field, value] of Object.entries(context[area])) {
      if (value === 'unknown') continue;
      known.push(createElement('dt', '', `${area}.${field}`), createElement('dd', '', String(value)));
    }
  }
  root.replaceChildren(
    ...(known.length > 0
      ? known
      : [createElement('dt', '', 'Nothing yet'), createElement('dd', '', 'every signal is unknown')]),
  );
}
