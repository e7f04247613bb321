import type { Slate, SlateItem } from '@inkling/core';
import { createElement } from './create-element.ts';
import { formatPropensity, formatScore } from './format.ts';
import type { FrameInkling } from './frame-inkling.ts';
import { reasonsView } from './reasons-view.ts';

const VIA: Readonly<Record<SlateItem['via'], string>> = {
  rank: 'Best by score among what was left',
  explore: 'Tried out, with a known probability',
  pin: 'Pinned by a rule',
  fill: 'Filled from the authored order',
  stay: 'Stays from an earlier slate, as the cadence says',
};

export interface SlatesView {
  /** Shows the latest slates, in the order of the page's slots; opened items stay open. */
  show(slates: readonly Slate[], inkling: FrameInkling): void;
}

export function createSlatesView(root: HTMLElement, titleOf: (id: string) => string): SlatesView {
  const opened = new Set<string>();

  function row(
    slate: Slate,
    item: SlateItem,
    bounds: readonly [number, number],
    inkling: FrameInkling,
  ): HTMLElement {
    const [low, high] = bounds;
    const isScored = slate.source !== 'authored';
    const share = high > low ? (item.score - low) / (high - low) : 1;
    const fill = createElement('span');
    fill.style.width = isScored ? `${Math.max(2, share * 100)}%` : '0';
    const bar = createElement('span', 'score', fill);
    bar.setAttribute('aria-hidden', 'true');
    const via = createElement('span', `via via-${item.via}`, item.via);
    via.title = VIA[item.via];
    const propensity = createElement('span', 'number', `p ${formatPropensity(item.propensity)}`);
    propensity.title = 'Probability of this item at this place';
    const why = createElement('div', 'why');
    const details = createElement(
      'details',
      '',
      createElement(
        'summary',
        '',
        createElement('span', 'place', String(item.position + 1)),
        createElement('span', 'title', titleOf(item.id)),
        bar,
        createElement('span', 'number', isScored ? formatScore(item.score) : '–'),
        via,
        propensity,
      ),
      why,
    );
    const key = `${slate.slot} ${item.id}`;
    details.addEventListener('toggle', () => {
      if (!details.open) {
        opened.delete(key);
        return;
      }
      opened.add(key);
      void explain(why, slate, item.id, inkling);
    });
    details.open = opened.has(key);
    return createElement('li', '', details);
  }

  return {
    show(slates, inkling) {
      if (slates.length === 0) return;
      root.replaceChildren(
        ...slates.map((slate) => {
          const scores = slate.items.map(({ score }) => score);
          const bounds = [Math.min(...scores), Math.max(...scores)] as const;
          return createElement(
            'section',
            'slate',
            createElement('h3', '', slate.slot),
            facts(slate),
            createElement('ol', 'items', ...slate.items.map((item) => row(slate, item, bounds, inkling))),
          );
        }),
      );
    },
  };
}

function facts(slate: Slate): HTMLElement {
  const pairs = [
    ['source', slate.source],
    ['arm', slate.arm],
    ['propensity', formatPropensity(slate.propensity)],
  ] as const;
  return createElement(
    'dl',
    'facts',
    ...pairs.map(([name, value]) =>
      createElement('div', '', createElement('dt', '', name), createElement('dd', '', value)),
    ),
  );
}

async function explain(why: HTMLElement, slate: Slate, item: string, inkling: FrameInkling): Promise<void> {
  if (why.childElementCount > 0) return;
  try {
    const { reasons } = await inkling.explain(slate, item);
    why.replaceChildren(reasonsView(reasons));
  } catch {
    why.replaceChildren(
      createElement('p', 'empty', 'The page has moved on; this slate can no longer be explained.'),
    );
  }
}
