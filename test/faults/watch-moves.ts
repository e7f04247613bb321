import type { BrowserContext, Page } from 'playwright-core';

declare global {
  interface Window {
    moves: string[];
  }
}

/** From now on every page of the context notes each item that moves, or is taken away, after a frame in which it stood
 * in view. Chromium's layout-shift metric would not do: it is blind to a permutation by `replaceChildren`. */
export async function watchMoves(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    window.moves = [];
    const seen = new Map<Element, string>();
    const sample = () => {
      for (const [element, place] of seen) {
        const now = element.isConnected ? placeOf(element) : 'gone';
        if (now !== place)
          window.moves.push(`${element.getAttribute('data-inkling-item')}: ${place} → ${now}`);
        seen.delete(element);
      }
      for (const element of document.querySelectorAll('[data-inkling-item]')) {
        const { top, bottom, width } = element.getBoundingClientRect();
        if (width > 0 && bottom > 0 && top < innerHeight) seen.set(element, placeOf(element));
      }
      requestAnimationFrame(sample);
    };
    const placeOf = (element: Element) => {
      const { left, top } = element.getBoundingClientRect();
      return `${Math.round(left + scrollX)},${Math.round(top + scrollY)}`;
    };
    requestAnimationFrame(sample);
  });
}

export function movesOn(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => window.moves);
}
