import type { Locator } from 'playwright-core';

/** What makes one answer stand out against another, as the browser computed and laid it out. */
export interface Prominence {
  readonly width: number;
  readonly height: number;
  /** WCAG 2.2 contrast of the text to its ground, and of the button's ground to the panel's; 1 to 21. */
  readonly textContrast: number;
  readonly groundContrast: number;
  readonly fontSize: string;
  readonly fontWeight: string;
  readonly border: string;
  readonly cursor: string;
  readonly opacity: string;
  /** Whether the answer itself is what lies under its middle: nothing covers it. */
  readonly isOnTop: boolean;
  /** Whether its text fits in. */
  readonly fits: boolean;
}

/** Measures an answer in its shadow root. */
export function measureProminence(answer: Locator): Promise<Prominence> {
  return answer.evaluate((node) => {
    const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
    const luminance = (color: string) => {
      const [red = 0, green = 0, blue = 0] = channels(color).map((value) => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const contrast = (one: string, other: string) => {
      const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
      return (light + 0.05) / (dark + 0.05);
    };
    const style = getComputedStyle(node);
    const panel = getComputedStyle(node.closest('section') as Element);
    const { x, y, width, height } = node.getBoundingClientRect();
    const root = node.getRootNode() as ShadowRoot;
    return {
      width,
      height,
      textContrast: contrast(style.color, style.backgroundColor),
      groundContrast: contrast(style.backgroundColor, panel.backgroundColor),
      fontSize: style.fontSize,
      fontWeight: style.fontWeight,
      border: `${style.borderTopWidth} ${style.borderTopStyle} ${style.borderTopColor}`,
      cursor: style.cursor,
      opacity: style.opacity,
      isOnTop: root.elementFromPoint(x + width / 2, y + height / 2) === node,
      fits: node.scrollWidth <= node.clientWidth && node.scrollHeight <= node.clientHeight,
    };
  });
}
