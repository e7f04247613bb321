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
  ring,
  shadow,
  stroke,
} from './shapes.ts';

const readingLamp: Drawing = () =>
  faded(0.75, path('M214 128L104 272H304Z', P.glow)) +
  shadow(258, 274, 60) +
  stroke('M268 268L306 166L222 92', P.ink, 8) +
  circle(306, 166, 9, P.brass) +
  group(
    'rotate(-24 214 104)',
    path('M184 70H244L268 128H160Z', P.pine),
    rect(204, 52, 20, 20, 6, P.brass),
    ellipse(214, 128, 54, 9, P.cream),
  ) +
  rect(220, 262, 96, 13, 6, P.ink) +
  path('M92 256Q126 244 158 258Q190 244 222 256V272Q190 262 158 274Q126 262 92 272Z', P.cream) +
  path('M88 262Q126 252 158 266Q190 252 226 262V278H88Z', P.red) +
  path('M92 254Q126 242 158 256V270Q126 258 92 268Z', '#fffdf8') +
  path('M158 256Q190 242 222 254V268Q190 258 158 270Z', P.oat);

const woolThrow: Drawing = () =>
  shadow(200, 272, 130) +
  rect(80, 214, 240, 56, 18, P.roseDark) +
  rect(86, 160, 228, 58, 18, P.pine) +
  rect(92, 108, 216, 56, 18, P.oat) +
  mirrored(stroke('M128 110V162M164 110V162', P.ember, 7), stroke('M140 110V162', P.pine, 4)) +
  stroke('M94 130H306', P.ember, 6) +
  stroke('M94 146H306', P.pine, 3) +
  mirrored(stroke('M122 162V216M158 162V216', P.yellow, 5)) +
  stroke('M90 188H310', P.yellow, 5) +
  mirrored(stroke('M116 216V268M152 216V268', P.plum, 6)) +
  stroke('M84 242H316', P.plum, 6) +
  repeated(11, (index) => stroke(`M316 ${114 + index * 4.6}h14`, P.oatDark, 2.5));

const linenBedding: Drawing = () =>
  rect(64, 84, 272, 130, 20, P.wood) +
  rect(80, 100, 240, 100, 12, P.woodDark) +
  path('M60 214H340V270Q340 276 334 276H66Q60 276 60 270Z', P.woodDark) +
  path('M50 200Q50 186 66 186H334Q350 186 350 200V250H50Z', P.cream) +
  group(
    'rotate(-3 142 166)',
    rect(84, 132, 112, 62, 22, '#fffdf8'),
    faded(0.1, path('M92 178Q140 196 190 178Q196 194 174 194H106Q88 194 92 178Z', P.ink)),
  ) +
  group(
    'rotate(3 258 166)',
    rect(204, 132, 112, 62, 22, P.sky),
    faded(0.12, path('M212 178Q260 196 310 178Q316 194 294 194H226Q208 194 212 178Z', P.ink)),
  ) +
  path('M46 216Q120 196 200 210Q280 224 354 204V262Q354 270 346 270H54Q46 270 46 262Z', P.skyDark) +
  path('M46 216Q120 196 200 210Q280 224 354 204V222Q280 242 200 228Q120 214 46 234Z', P.glass) +
  stroke('M120 226Q112 250 118 268M230 236Q240 256 232 268M300 230Q308 250 302 268', '#4f86a0', 3);

const hotWaterBottle: Drawing = () =>
  shadow(200, 284, 76) +
  rect(178, 34, 44, 20, 6, P.ink) +
  path('M180 50H220L226 96Q200 106 174 96Z', P.red) +
  path(
    'M174 86Q200 96 226 86L228 106C262 112 276 138 276 176V244Q276 284 236 284H164Q124 284 124 244V176C124 138 138 112 172 106Z',
    P.oat,
  ) +
  faded(0.1, path('M236 108C262 116 276 138 276 176V244Q276 284 236 284Q250 220 236 108Z', P.ink)) +
  path('M172 84Q200 94 228 84L229 110Q200 120 171 110Z', P.oatDark) +
  repeated(3, (column) =>
    repeated(4, (row) => {
      const x = 162 + column * 38;
      const y = 134 + row * 34;
      return stroke(`M${x - 9} ${y}q9 8 9 17t9 17M${x + 9} ${y}q-9 8 -9 17t-9 17`, '#bfa985', 4);
    }),
  ) +
  mirrored(stroke('M143 140V262', '#d9c8a8', 4));

const bathTowels: Drawing = () =>
  shadow(200, 274, 124) +
  rect(82, 208, 236, 64, 22, P.skyDark) +
  stroke('M96 240H304', '#4f86a0', 4) +
  rect(88, 150, 224, 62, 22, P.cream) +
  stroke('M102 182H298', P.oatDark, 4) +
  rect(110, 98, 176, 56, 28, P.sky) +
  ring(138, 126, 18, P.skyDark, 5) +
  circle(138, 126, 7, P.skyDark) +
  rect(92, 192, 216, 8, 0, P.oat) +
  rect(86, 252, 228, 8, 0, P.sky) +
  stroke('M176 108H268M170 144H270', P.glass, 4);

const soap: Drawing = () =>
  shadow(200, 270, 116) +
  group(
    'rotate(-3 200 240)',
    rect(98, 214, 204, 56, 14, P.leaf),
    rect(98, 214, 204, 18, 9, '#8fb87b'),
    rect(164, 214, 62, 56, 0, P.cream),
  ) +
  group(
    'rotate(4 204 186)',
    rect(112, 160, 190, 54, 14, P.oatDark),
    rect(112, 160, 190, 18, 9, P.oat),
    rect(176, 160, 58, 54, 0, P.wood),
  ) +
  group(
    'rotate(-6 196 134)',
    rect(112, 108, 172, 52, 14, P.plum),
    rect(112, 108, 172, 17, 9, '#97688d'),
    stroke('M150 142q24 -22 48 0t48 0', P.rose, 4),
  ) +
  circle(302, 112, 13, '#ffffff') +
  circle(328, 92, 8, '#ffffff') +
  circle(310, 80, 5, '#ffffff') +
  circle(92, 132, 9, '#ffffff') +
  path('M196 100Q186 74 206 54Q222 76 196 100Z', P.leaf);

const candles: Drawing = () => {
  const flame = (x: number, y: number): string =>
    faded(0.5, circle(x, y - 14, 34, P.glow)) +
    path(`M${x} ${y}Q${x - 15} ${y - 14} ${x} ${y - 42}Q${x + 15} ${y - 14} ${x} ${y}Z`, P.yellow) +
    path(`M${x} ${y}Q${x - 7} ${y - 9} ${x} ${y - 23}Q${x + 7} ${y - 9} ${x} ${y}Z`, P.cream);
  return (
    shadow(200, 276, 130) +
    flame(126, 150) +
    flame(204, 98) +
    flame(280, 176) +
    stroke('M126 158V146M204 106V94M280 184V172', P.ink, 4) +
    rect(96, 158, 60, 116, 8, P.ember) +
    rect(172, 106, 64, 168, 8, P.cream) +
    rect(248, 184, 64, 90, 8, P.plum) +
    faded(
      0.14,
      rect(136, 158, 20, 116, 6, P.ink),
      rect(214, 106, 22, 168, 6, P.ink),
      rect(290, 184, 22, 90, 6, P.ink),
    ) +
    path(
      'M172 114Q172 106 180 106H228Q236 106 236 114V132Q228 146 222 130Q212 124 204 136Q194 148 188 130Q178 126 172 140Z',
      '#fffdf8',
    ) +
    rect(80, 268, 248, 10, 5, P.wood)
  );
};

const deskFan: Drawing = () =>
  shadow(200, 280, 76) +
  path('M188 196H212L222 266H178Z', P.pineDark) +
  rect(138, 260, 124, 18, 9, P.pine) +
  circle(200, 130, 92, P.glass) +
  repeated(4, (index) =>
    group(
      `rotate(${index * 90 + 20} 200 130)`,
      path('M200 130C178 108 176 70 204 54C234 60 238 100 200 130Z', P.brass),
      path('M200 130C206 104 218 76 204 54C234 60 238 100 200 130Z', P.brassDark),
    ),
  ) +
  ring(200, 130, 92, P.pine, 7) +
  ring(200, 130, 60, P.pine, 2.5) +
  repeated(12, (index) => group(`rotate(${index * 30} 200 130)`, stroke('M200 40V108', P.pine, 2))) +
  circle(200, 130, 20, P.pine) +
  circle(200, 130, 9, P.brass) +
  repeated(3, (index) => circle(180 + index * 20, 269, 4, P.cream));

const sunriseClock: Drawing = () =>
  faded(0.55, circle(200, 162, 136, P.glow)) +
  faded(0.7, circle(200, 162, 114, '#fbd28a')) +
  shadow(200, 272, 80) +
  mirrored(stroke('M152 246L138 270', P.woodDark, 13)) +
  circle(200, 166, 92, P.woodLight) +
  circle(200, 166, 76, P.cream) +
  path('M124 170A76 76 0 0 0 276 170Z', '#f6c681') +
  path('M158 170A42 42 0 0 1 242 170Z', P.yellow) +
  stroke('M136 170H264', P.ember, 4) +
  repeated(12, (index) =>
    group(`rotate(${index * 30} 200 166)`, rect(198, 96, 4, index % 3 ? 7 : 13, 2, P.ink)),
  ) +
  stroke('M200 166L172 140', P.ink, 7) +
  stroke('M200 166V116', P.ink, 5) +
  circle(200, 166, 7, P.ember);

const nightLight: Drawing = () =>
  faded(0.55, ellipse(200, 190, 150, 110, P.glow)) +
  shadow(200, 268, 110) +
  repeated(11, (index) =>
    group(
      `rotate(${-84 + index * 15} 186 230)`,
      path('M174 126L186 78L198 126Z', index % 2 ? P.wood : P.woodDark),
    ),
  ) +
  path(
    'M78 264C78 176 120 120 186 120C250 120 284 170 292 206L326 232Q334 244 320 250Q292 264 260 266Z',
    P.wood,
  ) +
  path(
    'M212 264C206 214 232 186 268 190Q286 198 292 206L326 232Q334 244 320 250Q292 266 212 264Z',
    '#fbe3b4',
  ) +
  circle(324, 236, 9, P.ink) +
  circle(276, 218, 6, P.ink) +
  circle(244, 184, 15, P.woodLight) +
  circle(246, 186, 8, P.rose) +
  ellipse(252, 240, 12, 7, P.rose) +
  ellipse(122, 266, 22, 9, P.woodDark) +
  ellipse(246, 267, 20, 8, P.woodDark) +
  stroke('M318 76q-28 8 -20 36q-28 -20 -4 -40q12 -6 24 4Z', P.yellow, 3) +
  path('M318 76q-28 8 -20 36q-28 -20 -4 -40q12 -6 24 4Z', P.yellow);

const stringLights: Drawing = () => {
  const bulb = (x: number, y: number): string =>
    faded(0.5, circle(x, y + 30, 34, P.glow)) +
    rect(x - 8, y, 16, 16, 3, P.ink) +
    path(
      `M${x - 9} ${y + 15}Q${x - 22} ${y + 34} ${x - 12} ${y + 48}Q${x} ${y + 58} ${x + 12} ${y + 48}Q${x + 22} ${y + 34} ${x + 9} ${y + 15}Z`,
      P.yellow,
    ) +
    path(`M${x - 5} ${y + 24}q-8 14 1 22q-10 -4 -8 -14q2 -6 7 -8Z`, P.cream);
  return (
    stroke('M0 62Q90 136 200 110T400 66', P.ink, 4) +
    stroke('M0 176Q120 236 220 206T400 172', P.ink, 4) +
    bulb(58, 98) +
    bulb(138, 112) +
    bulb(222, 104) +
    bulb(318, 80) +
    bulb(92, 210) +
    bulb(184, 212) +
    bulb(278, 192) +
    bulb(358, 180)
  );
};

const fieldGuide: Drawing = () =>
  shadow(204, 274, 100) +
  group(
    'rotate(5 200 170)',
    rect(124, 66, 164, 206, 8, P.cream),
    stroke('M284 76V264M279 76V264', P.oatDark, 2),
    rect(116, 60, 160, 206, 8, P.navy),
    rect(116, 60, 20, 206, 6, P.navyDark),
    rect(150, 82, 112, 112, 6, P.sky),
    circle(226, 114, 17, P.yellow),
    path('M158 166Q156 142 180 144Q190 122 212 134Q232 128 236 148Q254 150 252 166Z', '#ffffff'),
    path('M186 188Q186 174 200 174Q208 164 220 170Q236 168 238 182Q244 188 240 188Z', P.glass),
    rect(166, 212, 80, 8, 4, P.cream),
    rect(178, 230, 56, 6, 3, P.skyDark),
    path('M244 56H260V92L252 84L244 92Z', P.ember),
  );

export const LIVING: Readonly<Record<string, Drawing>> = {
  'reading-lamp': readingLamp,
  'wool-throw': woolThrow,
  'linen-bedding': linenBedding,
  'hot-water-bottle': hotWaterBottle,
  'bath-towels': bathTowels,
  soap,
  candles,
  'desk-fan': deskFan,
  'sunrise-clock': sunriseClock,
  'night-light': nightLight,
  'string-lights': stringLights,
  'field-guide': fieldGuide,
};
