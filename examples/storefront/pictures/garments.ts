import { PAINT } from './colors.ts';
import { circle, ellipse, faded, group, mirrored, path, rect, repeated, type Svg, stroke } from './shapes.ts';

/** Cloth of one garment: its colour, the side away from the light, and what is sewn on. */
export interface Cloth {
  readonly base: string;
  readonly shade: string;
  readonly trim: string;
}

/** Front view of a coat or jacket body with sleeves, hanging; `hem` is the y of its lower edge. */
export function jacket(cloth: Cloth, hem: number): Svg {
  return (
    mirrored(
      path(
        'M148 92C124 102 114 128 106 168L92 232Q91 240 99 241L120 244Q126 244 128 238L152 156Z',
        cloth.shade,
      ),
      path('M92 230L127 236L128 244Q126 248 120 247L98 244Q90 242 92 230Z', cloth.trim),
    ) +
    path(`M148 92Q176 80 200 80Q224 80 252 92L262 ${hem - 6}Q200 ${hem + 8} 138 ${hem - 6}Z`, cloth.base) +
    faded(0.08, path(`M200 80Q224 80 252 92L262 ${hem - 6}Q232 ${hem + 1} 200 ${hem + 1}Z`, PAINT.ink))
  );
}

/** A hood standing up behind the collar, with its opening. */
export function hood(cloth: Cloth): Svg {
  return (
    path('M158 98C150 62 172 40 200 40C228 40 250 62 242 98Q200 118 158 98Z', cloth.shade) +
    path('M172 96C168 72 182 58 200 58C218 58 232 72 228 96Q200 110 172 96Z', PAINT.ink) +
    faded(0.35, path('M172 96C168 72 182 58 200 58Q186 74 190 103Q180 101 172 96Z', cloth.shade))
  );
}

export const zip = (top: number, bottom: number, color: string): Svg =>
  stroke(`M200 ${top}V${bottom}`, color, 4) + rect(196, top + 8, 8, 14, 3, color);

/** A pullover or T-shirt body with a round neck; `cuff` is where its sleeves end. */
export function pullover(cloth: Cloth, sleeves: 'short' | 'long'): Svg {
  const sleeve =
    sleeves === 'long'
      ? path('M150 88C126 98 114 126 106 166L92 234L126 242L154 156Z', cloth.shade)
      : path('M152 86C126 94 108 116 96 148L132 168L156 138Z', cloth.shade);
  return (
    mirrored(sleeve) +
    path(
      'M150 88Q164 80 174 78Q186 98 200 98Q214 98 226 78Q236 80 250 88L258 252Q200 264 142 252Z',
      cloth.base,
    ) +
    faded(0.07, path('M200 98Q214 98 226 78Q236 80 250 88L258 252Q230 258 200 258Z', PAINT.ink)) +
    stroke('M172 79Q184 102 200 102Q216 102 228 79', cloth.trim, 7)
  );
}

/** A pair of boots seen from the side, one a step behind; `boot` is drawn with its toe to the right. */
export function pair(boot: Svg, dx = -58, dy = -14): Svg {
  return (
    group(
      `translate(${dx} ${dy})`,
      boot,
      faded(0.16, boot.replace(/fill="#[0-9a-f]+"/g, `fill="${PAINT.ink}"`)),
    ) + group('translate(26 0)', boot)
  );
}

export const buttons = (top: number, count: number, step: number, color: string): Svg =>
  repeated(count, (index) => circle(200, top + index * step, 4.5, color));

export const lens = (x: number, color: string): Svg =>
  path(`M${x - 44} 138Q${x} 126 ${x + 44} 138Q${x + 46} 190 ${x} 194Q${x - 46} 190 ${x - 44} 138Z`, color) +
  faded(0.25, ellipse(x - 14, 154, 16, 9, PAINT.cream));
