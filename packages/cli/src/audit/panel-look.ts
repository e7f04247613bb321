/// <reference lib="dom" />
import type { Locator } from 'playwright-core';

/** How a button meets the eye. Lengths in CSS pixels. */
export interface Look {
  readonly width: number;
  readonly height: number;
  readonly fontSize: number;
  readonly fontWeight: number;
  /** WCAG contrast of text and ground, and of ground and what is behind the button. */
  readonly contrast: number;
  readonly prominence: number;
  readonly opacity: number;
  readonly tabIndex: number;
}

export function lookOf(button: Locator): Promise<Look> {
  return button.evaluate((node: HTMLElement) => {
    type Colour = readonly [number, number, number, number];
    const parse = (text: string): Colour => {
      const [r = 0, g = 0, b = 0, a = 1] = (text.match(/[\d.]+/g) ?? []).map(Number);
      return [r, g, b, a];
    };
    const over = ([r, g, b, a]: Colour, below: Colour): Colour => {
      const mix = (top: number, under: number) => top * a + under * (1 - a);
      return [mix(r, below[0]), mix(g, below[1]), mix(b, below[2]), 1];
    };
    const groundOf = (element: Element | null): Colour => {
      if (!element) return [255, 255, 255, 1];
      const own = parse(getComputedStyle(element).backgroundColor);
      if (own[3] === 1) return own;
      const root = element.getRootNode();
      return over(own, groundOf(element.parentElement ?? (root instanceof ShadowRoot ? root.host : null)));
    };
    /** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
    const luminance = ([r, g, b]: Colour) => {
      const [x = 0, y = 0, z = 0] = [r, g, b].map((channel) => {
        const share = channel / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const ratio = (one: Colour, other: Colour) => {
      const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
      return (high + 0.05) / (low + 0.05);
    };
    const style = getComputedStyle(node);
    const ground = groundOf(node);
    const { width, height } = node.getBoundingClientRect();
    return {
      width,
      height,
      fontSize: Number.parseFloat(style.fontSize),
      fontWeight: Number(style.fontWeight),
      contrast: ratio(over(parse(style.color), ground), ground),
      prominence: ratio(ground, groundOf(node.parentElement)),
      opacity: Number(style.opacity),
      tabIndex: node.tabIndex,
    };
  });
}

/** How one answer is favoured over the other, in words; empty where they are alike. */
export function inequalities(accept: Look, refuse: Look): readonly string[] {
  const apart = (name: keyof Look, share: number) =>
    Math.abs(accept[name] - refuse[name]) > share * Math.max(accept[name], refuse[name], 1);
  const say = (name: keyof Look, words: string) =>
    `${words}: accept ${accept[name].toFixed(1)}, refuse ${refuse[name].toFixed(1)}`;
  return [
    ...(apart('width', 0.1) ? [say('width', 'width')] : []),
    ...(apart('height', 0.1) ? [say('height', 'height')] : []),
    ...(apart('fontSize', 0.01) ? [say('fontSize', 'size of text')] : []),
    ...(apart('fontWeight', 0.01) ? [say('fontWeight', 'weight of text')] : []),
    ...(apart('contrast', 0.1) ? [say('contrast', 'contrast of text')] : []),
    ...(apart('prominence', 0.1) ? [say('prominence', 'contrast of the button')] : []),
    ...(apart('opacity', 0.01) ? [say('opacity', 'opacity')] : []),
    ...(apart('tabIndex', 0) ? [say('tabIndex', 'place in the order of keys')] : []),
    ...(refuse.contrast < 4.5 ? [say('contrast', 'text that cannot be read')] : []),
  ];
}
