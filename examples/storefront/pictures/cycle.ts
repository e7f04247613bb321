import { PAINT as P } from './colors.ts';
import {
  circle,
  type Drawing,
  faded,
  group,
  mirrored,
  path,
  rect,
  repeated,
  ring,
  shadow,
  stroke,
} from './shapes.ts';

const wheel = (x: number, y: number, radius: number): string =>
  ring(x, y, radius, P.black, 11) +
  ring(x, y, radius - 9, P.steel, 4) +
  repeated(6, (index) =>
    group(
      `rotate(${index * 30} ${x} ${y})`,
      stroke(`M${x} ${y - radius + 11}V${y + radius - 11}`, P.steel, 1.8),
    ),
  ) +
  circle(x, y, 7, P.steelDark);

const bikeHelmet: Drawing = () =>
  shadow(204, 254, 120) +
  stroke('M122 204Q140 262 176 262Q214 256 244 210', P.ink, 6) +
  rect(164, 252, 22, 14, 4, P.yellow) +
  path(
    'M82 210C74 122 130 76 206 76C286 76 330 132 326 196Q326 214 308 214Q200 202 100 226Q84 228 82 210Z',
    P.yellow,
  ) +
  path('M302 150Q330 168 326 196Q326 214 308 214Q270 210 230 211Q300 196 302 150Z', P.yellowDark) +
  path('M132 150Q146 112 190 100Q172 128 166 160Z', P.yellowDark) +
  path('M196 160Q202 116 240 100Q250 124 240 158Z', P.yellowDark) +
  path('M262 160Q272 130 280 118Q302 140 300 170Z', P.yellowDark) +
  stroke('M84 204Q200 180 326 194', P.cream, 6);

const bikeLights: Drawing = () =>
  path('M112 132L14 84V222L112 176Z', P.glow) +
  path('M292 158L388 126V210L292 182Z', '#efb6ab') +
  shadow(200, 262, 120) +
  rect(100, 112, 86, 82, 18, P.black) +
  rect(96, 122, 24, 62, 10, P.cream) +
  rect(134, 124, 40, 12, 5, P.slate) +
  circle(154, 158, 9, P.leaf) +
  rect(124, 194, 40, 60, 8, P.slate) +
  rect(116, 216, 56, 14, 5, P.ink) +
  rect(226, 130, 66, 74, 18, P.black) +
  rect(274, 138, 24, 58, 10, P.red) +
  repeated(3, (index) => circle(286, 152 + index * 15, 4.5, P.rose)) +
  rect(240, 204, 34, 50, 8, P.slate) +
  rect(232, 220, 50, 14, 5, P.ink);

const panniers: Drawing = () => {
  const bag =
    path('M92 124H176L184 248Q184 268 164 268H98Q82 268 82 248Z', P.navy) +
    path('M140 124H176L184 248Q184 268 164 268H140Z', P.navyDark) +
    rect(86, 100, 96, 30, 9, P.slate) +
    stroke('M92 110H176M92 120H176', P.navyDark, 3) +
    rect(100, 174, 54, 12, 2, P.steelLight) +
    rect(112, 126, 10, 84, 2, P.ink) +
    rect(108, 160, 18, 12, 3, P.yellow);
  return (
    shadow(200, 274, 130) +
    stroke('M60 92H340', P.black, 9) +
    mirrored(stroke('M104 92V104M164 92V104', P.steelDark, 8)) +
    stroke('M200 92V214', P.steelDark, 7) +
    bag +
    group('translate(134 0)', bag)
  );
};

const balanceBike: Drawing = () =>
  shadow(200, 278, 140) +
  wheel(112, 218, 56) +
  wheel(294, 218, 56) +
  stroke('M112 218L166 150L262 146L276 152', P.woodLight, 15) +
  stroke('M166 150L196 218Q236 214 266 160', P.wood, 13) +
  stroke('M258 88L294 218', P.woodLight, 13) +
  stroke('M166 150L158 118', P.steelDark, 8) +
  path('M124 110Q158 98 194 112Q190 126 158 124Q128 124 124 110Z', P.red) +
  stroke('M258 88Q246 78 226 84', P.ink, 9) +
  stroke('M226 84H212', P.red, 13) +
  faded(0.9, circle(262, 112, 9, P.brass));

export const CYCLE: Readonly<Record<string, Drawing>> = {
  'bike-helmet': bikeHelmet,
  'bike-lights': bikeLights,
  panniers,
  'balance-bike': balanceBike,
};
