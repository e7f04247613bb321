/** Markup of one or more SVG elements. */
export type Svg = string;

/** Draws one product on the 400 × 320 canvas of its stage; the ground is at y = 272. */
export type Drawing = () => Svg;

export const rect = (
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
  fill: string,
): Svg =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}"${radius ? ` rx="${radius}"` : ''} fill="${fill}"/>`;

export const circle = (x: number, y: number, radius: number, fill: string): Svg =>
  `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}"/>`;

export const ellipse = (x: number, y: number, rx: number, ry: number, fill: string): Svg =>
  `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}"/>`;

export const ring = (x: number, y: number, radius: number, color: string, width: number): Svg =>
  `<circle cx="${x}" cy="${y}" r="${radius}" fill="none" stroke="${color}" stroke-width="${width}"/>`;

export const path = (d: string, fill: string): Svg => `<path d="${d}" fill="${fill}"/>`;

export const stroke = (d: string, color: string, width: number): Svg =>
  `<path d="${d}" fill="none" stroke="${color}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;

export const group = (transform: string, ...parts: readonly Svg[]): Svg =>
  `<g transform="${transform}">${parts.join('')}</g>`;

export const faded = (opacity: number, ...parts: readonly Svg[]): Svg =>
  `<g opacity="${opacity}">${parts.join('')}</g>`;

/** The parts, and the same parts mirrored at the middle of the canvas. */
export const mirrored = (...parts: readonly Svg[]): Svg =>
  parts.join('') + group('matrix(-1 0 0 1 400 0)', ...parts);

/** The shape drawn at each offset, e.g. for rows of stitches or bulbs. */
export const repeated = (count: number, draw: (index: number) => Svg): Svg =>
  Array.from({ length: count }, (_, index) => draw(index)).join('');

/** The index-th point of an even scatter over a width and a height: Roberts' R2 sequence, which forms no lines. */
export const scattered = (index: number, width: number, height: number): readonly [number, number] => [
  Math.round(((index * 0.7548776662 + 0.37) % 1) * width),
  Math.round(((index * 0.5698402909 + 0.61) % 1) * height),
];

/** What a product throws on the ground it stands on. */
export const shadow = (x: number, y: number, rx: number): Svg =>
  faded(0.14, ellipse(x, y, rx, rx * 0.09 + 3, '#21373b'));
