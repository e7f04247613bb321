import type { Diagnostic } from '@inkling/core';
import { createElement } from './create-element.ts';
import { formatClock } from './format.ts';

const KEPT = 20;

/** Lists diagnostics, the latest first. */
export function createDiagnosticsView(root: HTMLElement): (diagnostic: Diagnostic) => void {
  let count = 0;
  return (diagnostic) => {
    if (count === 0) root.replaceChildren();
    count += 1;
    const time = createElement('time', '', formatClock(diagnostic.at));
    const code = createElement('code', '', `${diagnostic.stage} ${diagnostic.code}`);
    root.prepend(createElement('li', '', time, code, createElement('span', '', diagnostic.message)));
    while (root.childElementCount > KEPT) root.lastElementChild?.remove();
  };
}
