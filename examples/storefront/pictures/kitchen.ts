import { PAINT as P } from './colors.ts';
import {
  circle,
  type Drawing,
  ellipse,
  faded,
  group,
  mirrored,
  path,
  rect,
  repeated,
  shadow,
  stroke,
} from './shapes.ts';

const steam = (x: number, y: number): string => stroke(`M${x} ${y}q-12 -13 0 -26t0 -26`, P.cream, 5);

const pourOverSet: Drawing = () =>
  shadow(196, 276, 92) +
  steam(190, 54) +
  path('M134 76H258L224 152H168Z', P.cream) +
  faded(0.12, path('M216 76H258L224 152H206Z', P.ink)) +
  path('M146 76Q196 60 246 76Q196 92 146 76Z', P.oat) +
  path('M156 77Q196 67 236 77Q196 88 156 77Z', P.coffee) +
  rect(142, 148, 108, 12, 6, P.oatDark) +
  stroke('M254 92Q288 92 284 116Q280 132 244 130', P.cream, 9) +
  path('M166 160H226L256 250Q260 276 236 276H156Q132 276 136 250Z', P.glass) +
  path('M148 216H244L256 250Q260 276 236 276H156Q132 276 136 250Z', P.coffee) +
  rect(160, 160, 72, 14, 4, P.wood) +
  faded(0.6, stroke('M168 188L152 244', '#ffffff', 6));

const kettle: Drawing = () =>
  shadow(196, 276, 108) +
  stroke('M136 244C86 240 104 160 74 132Q64 122 52 124', P.pineDark, 13) +
  stroke('M262 128Q330 112 326 176Q322 226 284 232', P.wood, 15) +
  path(
    'M148 128H248Q262 132 266 150L280 258Q282 276 264 276H132Q114 276 116 258L130 150Q134 132 148 128Z',
    P.pine,
  ) +
  faded(0.16, path('M222 128H248Q262 132 266 150L280 258Q282 276 264 276H232Z', P.ink)) +
  path('M144 128Q198 86 252 128Z', P.pineLight) +
  rect(186, 84, 24, 20, 8, P.wood) +
  rect(138, 124, 120, 9, 4, P.pineDark) +
  faded(0.3, stroke('M150 160L138 246', P.cream, 8)) +
  steam(44, 110);

const mokaPot: Drawing = () =>
  shadow(196, 278, 84) +
  steam(140, 66) +
  path('M140 184L122 262Q120 278 136 278H256Q272 278 270 262L252 184Z', P.steelDark) +
  path('M140 184L122 262Q120 278 136 278H176L180 184Z', P.steel) +
  rect(134, 166, 124, 22, 6, P.slate) +
  path('M144 168L128 92L108 86L124 76H256L268 92L248 168Z', P.steel) +
  path('M208 168L214 76H256L268 92L248 168Z', P.steelDark) +
  path('M144 168L128 92L180 76L184 168Z', P.steelLight) +
  path('M126 78Q196 44 262 78Z', P.steelDark) +
  rect(184, 40, 22, 20, 7, P.black) +
  path('M258 84L318 92Q326 94 322 104L298 172Q294 180 286 176L280 172L302 110L262 104Z', P.black) +
  circle(152, 226, 6, P.brass);

const coffeeBeans: Drawing = () => {
  const bean = ellipse(0, 0, 15, 10, P.coffee) + stroke('M-13 0Q0 -5 13 1', P.wood, 2.5);
  return (
    shadow(200, 278, 110) +
    path('M132 92L124 264Q124 278 138 278H262Q276 278 276 264L268 92Z', P.ember) +
    faded(0.14, path('M226 92H268L276 264Q276 278 262 278H226Z', P.ink)) +
    path('M136 56H264L270 100H130Z', P.emberDark) +
    stroke('M136 70H264', '#8c3a19', 4) +
    path('M154 134H246V236Q200 252 154 236Z', P.cream) +
    group('translate(200 186) rotate(-38) scale(2.1)', bean) +
    group('translate(86 266) rotate(-18)', bean) +
    group('translate(114 250) rotate(26)', bean) +
    group('translate(300 264) rotate(14)', bean) +
    group('translate(326 270) rotate(-30)', bean)
  );
};

const casserole: Drawing = () =>
  shadow(200, 272, 132) +
  mirrored(stroke('M92 168Q62 164 62 182Q62 198 94 194', P.redDark, 13)) +
  path('M86 148H314L304 244Q302 270 274 270H126Q98 270 96 244Z', P.red) +
  faded(0.15, path('M254 148H314L304 244Q302 270 274 270H242Z', P.ink)) +
  path('M82 148Q84 102 200 98Q316 102 318 148Z', P.redDark) +
  faded(0.25, path('M104 136Q120 114 180 110Q140 120 128 138Z', P.cream)) +
  rect(78, 142, 244, 14, 7, '#d0574a') +
  rect(180, 76, 40, 14, 7, P.brass) +
  rect(194, 86, 12, 14, 2, P.brassDark) +
  faded(0.3, stroke('M112 176L120 236', P.cream, 8));

const teaJug: Drawing = () =>
  shadow(194, 278, 78) +
  stroke('M254 118Q318 110 314 172Q310 226 258 226', P.glass, 14) +
  path('M134 72L118 78L134 96L126 254Q126 278 150 278H240Q264 278 264 254L256 72Z', P.glass) +
  path('M131 136L126 254Q126 278 150 278H240Q264 278 264 254L259 136Q194 148 131 136Z', P.yellow) +
  faded(0.4, path('M131 136Q194 148 259 136L260 152Q194 166 130 152Z', P.cream)) +
  group('rotate(14 168 182)', rect(150, 166, 34, 34, 6, '#f6dc96')) +
  group('rotate(-18 220 206)', rect(204, 190, 34, 34, 6, '#f6dc96')) +
  circle(176, 238, 24, '#f1c95f') +
  circle(176, 238, 17, P.glow) +
  stroke('M176 222V254M160 238H192M165 227L187 249M187 227L165 249', '#f1c95f', 3) +
  path('M196 132Q178 92 206 62Q228 92 196 132Z', P.leaf) +
  path('M202 130Q208 92 240 88Q238 120 202 130Z', P.leafDark) +
  faded(0.7, stroke('M144 104L138 246', '#ffffff', 6)) +
  stroke('M134 72H256', '#ffffff', 5);

const icePopMoulds: Drawing = () => {
  const pop = (x: number, color: string, shade: string): string =>
    rect(x + 19, 182, 14, 82, 6, P.woodLight) +
    path(
      `M${x} 190V92Q${x} 62 ${x + 26} 62Q${x + 52} 62 ${x + 52} 92V190Q${x + 52} 200 ${x + 42} 200H${x + 10}Q${x} 200 ${x} 190Z`,
      color,
    ) +
    stroke(`M${x + 16} 92V164M${x + 36} 92V164`, shade, 7);
  return (
    faded(0.14, ellipse(200, 274, 130, 12, P.ink)) +
    group('rotate(-7 104 160)', pop(76, P.rose, P.roseDark)) +
    pop(174, '#f0c65c', P.yellowDark) +
    group('rotate(7 300 160)', pop(272, '#a9c98a', P.leaf)) +
    repeated(3, (index) => circle(110 + index * 96, 272, 5 - index, P.sky))
  );
};

export const KITCHEN: Readonly<Record<string, Drawing>> = {
  'pour-over-set': pourOverSet,
  kettle,
  'moka-pot': mokaPot,
  'coffee-beans': coffeeBeans,
  casserole,
  'tea-jug': teaJug,
  'ice-pop-moulds': icePopMoulds,
};
