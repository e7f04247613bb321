import { type Svg, stroke } from './shapes.ts';

/** The contour lines of two hills, as on a walker's map: a faint pattern for coloured panels. */
export function drawContours(): Svg {
  const lines = [
    ...Array.from({ length: 9 }, (_, index) => contour(210, 190, 26 + index * 30, 0.4)),
    ...Array.from({ length: 6 }, (_, index) => contour(640, 470, 22 + index * 30, 2.1)),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 640" width="800" height="640"><g opacity=".13">${lines.join('')}</g></svg>\n`;
}

/** A closed curve around a summit, its radius swelling and shrinking smoothly. */
function contour(x: number, y: number, radius: number, phase: number): Svg {
  const count = 14;
  const points = Array.from({ length: count }, (_, index) => {
    const angle = (index / count) * 2 * Math.PI;
    const swell = 1 + 0.17 * Math.sin(2 * angle + phase + radius / 300) + 0.09 * Math.sin(3 * angle - phase);
    return [x + Math.cos(angle) * radius * swell * 1.35, y + Math.sin(angle) * radius * swell] as const;
  });
  const middle = (index: number): string => {
    const [ax, ay] = points[index % count] ?? [x, y];
    const [bx, by] = points[(index + 1) % count] ?? [x, y];
    return `${Math.round((ax + bx) / 2)} ${Math.round((ay + by) / 2)}`;
  };
  const curves = points.map(([px, py], index) => `Q${Math.round(px)} ${Math.round(py)} ${middle(index)}`);
  return stroke(`M${middle(count - 1)}${curves.join('')}`, '#fff', 1.6);
}
