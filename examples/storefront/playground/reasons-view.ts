import { createElement } from './create-element.ts';
import { formatScore } from './format.ts';
import type { Reason } from './frame-inkling.ts';

/** Reasons in sentences, each with a bar to the right for what spoke for the item, to the left for what spoke against. */
export function reasonsView(reasons: readonly Reason[]): HTMLElement {
  if (reasons.length === 0) {
    return createElement('p', 'empty', 'No reasons: this place did not come from the ranker.');
  }
  // A group that changed nothing is no reason; a pin or an exploration stands alone and has no contribution.
  const counted =
    reasons.length === 1 ? reasons : reasons.filter((reason) => Math.abs(reason.contribution) >= 0.0005);
  const most = Math.max(...counted.map(({ contribution }) => Math.abs(contribution)), Number.MIN_VALUE);
  return createElement(
    'ul',
    'reasons',
    ...counted.map((reason) => {
      const fill = createElement('span', reason.contribution < 0 ? 'against' : 'for');
      fill.style.width = `${(Math.abs(reason.contribution) / most) * 50}%`;
      const bar = createElement('span', 'contribution', fill);
      bar.setAttribute('aria-hidden', 'true');
      return createElement(
        'li',
        '',
        createElement('span', 'sentence', reason.sentence),
        createElement('span', 'group', reason.group),
        bar,
        createElement('span', 'number', formatScore(reason.contribution, true)),
      );
    }),
  );
}
