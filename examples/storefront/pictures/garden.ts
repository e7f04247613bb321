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

const wateringCan: Drawing = () =>
  shadow(214, 274, 108) +
  stroke('M168 244L86 142', P.pineDark, 17) +
  group('rotate(-44 76 130)', rect(50, 120, 52, 18, 5, P.brass)) +
  stroke('M54 150q-10 14 -8 26M38 138q-14 12 -14 24M72 160q-6 16 -2 28', P.skyDark, 4) +
  stroke('M180 136Q196 66 258 84Q330 106 314 196', P.pineLight, 12) +
  path('M152 140H284L296 258Q298 274 282 274H154Q138 274 140 258Z', P.pine) +
  faded(0.16, path('M240 140H284L296 258Q298 274 282 274H246Z', P.ink)) +
  ellipse(218, 140, 66, 13, P.pineDark) +
  rect(140, 228, 154, 9, 0, P.pineLight) +
  stroke('M118 186L156 186', P.brass, 6);

const parasol: Drawing = () =>
  shadow(208, 278, 70) +
  rect(196, 90, 9, 180, 4, P.wood) +
  rect(164, 262, 74, 16, 8, P.steelDark) +
  group(
    'rotate(-9 200 110)',
    path(
      'M60 150Q84 62 200 48Q316 62 340 150Q322 160 304 150Q270 164 246 150Q200 166 154 150Q128 164 96 150Q78 160 60 150Z',
      P.cream,
    ),
    path('M60 150Q84 62 200 48Q120 84 96 150Q78 160 60 150Z', P.ember),
    path('M154 150Q162 84 200 48Q238 84 246 150Q200 166 154 150Z', P.ember),
    path('M340 150Q316 62 200 48Q280 84 304 150Q322 160 340 150Z', P.emberDark),
    circle(200, 44, 8, P.wood),
  );

const picnicBlanket: Drawing = () =>
  path('M60 262L126 172H330L372 262Q216 284 60 262Z', P.red) +
  path('M88 262L148 172H176L138 266ZM196 268L206 172H236L250 268ZM304 265L270 172H300L342 264Z', P.redDark) +
  path('M112 190H338L346 206H100ZM82 228H358L366 246H70Z', '#d98379') +
  path('M148 172H176L170 190H136ZM206 172H236L238 190H204ZM270 172H300L308 190H276Z', P.cream) +
  shadow(206, 226, 70) +
  path('M146 148H266L258 218Q256 228 246 228H166Q156 228 154 218Z', P.wood) +
  repeated(4, (index) => stroke(`M150 ${162 + index * 16}H262`, P.woodDark, 3)) +
  repeated(6, (index) => stroke(`M${162 + index * 18} 150L${166 + index * 16} 226`, P.woodDark, 2)) +
  path('M138 138Q206 122 274 138L272 154H140Z', P.woodLight) +
  stroke('M160 142Q164 76 206 76Q248 76 252 142', P.woodDark, 8) +
  rect(218, 100, 20, 42, 4, P.pine) +
  rect(223, 84, 10, 20, 3, P.pineDark) +
  circle(318, 234, 13, P.ember) +
  stroke('M318 222q4 -8 10 -8', P.leafDark, 4);

const fireBowl: Drawing = () =>
  faded(0.45, circle(200, 130, 112, P.glow)) +
  shadow(200, 280, 104) +
  path(
    'M200 44Q268 104 246 168Q238 196 200 198Q156 196 150 160Q148 130 172 112Q170 138 186 142Q176 96 200 44Z',
    P.ember,
  ) +
  path(
    'M206 100Q240 136 226 174Q220 192 200 192Q172 190 174 162Q186 172 194 166Q190 132 206 100Z',
    P.yellow,
  ) +
  path('M204 146Q220 166 212 182Q208 190 200 190Q188 188 190 174Q200 172 204 146Z', P.cream) +
  group('rotate(-14 200 190)', rect(130, 180, 140, 20, 10, P.woodDark), circle(136, 190, 9, P.woodLight)) +
  group('rotate(12 200 190)', rect(126, 182, 146, 20, 10, P.coffee), circle(266, 192, 9, P.woodLight)) +
  path('M84 190H316Q306 258 200 258Q94 258 84 190Z', '#8a4a2c') +
  path('M224 190H316Q306 258 200 258Q230 240 224 190Z', '#6f3a22') +
  rect(76, 184, 248, 14, 7, '#a65f3b') +
  mirrored(stroke('M142 248L126 278', '#6f3a22', 11));

const birdFeeder: Drawing = () =>
  stroke('M200 0V56', P.ink, 4) +
  rect(146, 124, 108, 92, 0, P.glass) +
  path('M150 158Q200 140 250 160V216H150Z', P.oatDark) +
  repeated(14, (index) =>
    circle(160 + ((index * 37) % 82), 172 + ((index * 23) % 40), 3.5, index % 3 ? P.coffee : P.brass),
  ) +
  mirrored(rect(140, 116, 12, 106, 2, P.wood)) +
  path('M200 44L306 122Q308 132 298 132H102Q92 132 94 122Z', P.woodDark) +
  path('M200 44L306 122Q308 132 298 132H200Z', '#7d5334') +
  rect(112, 214, 176, 16, 5, P.wood) +
  stroke('M96 230H304', P.woodDark, 7) +
  path('M262 176Q292 160 306 184Q314 208 286 226Q258 226 254 208Q254 190 262 176Z', P.roseDark) +
  path('M262 196Q264 224 286 226Q308 212 306 190Q290 216 262 196Z', P.ember) +
  path('M262 184L248 190L262 194Z', P.brass) +
  circle(270, 184, 3.5, P.ink) +
  path('M304 190Q326 200 340 222L318 222Q300 216 296 206Z', P.woodDark) +
  stroke('M276 226V232M288 226V232', P.ink, 3) +
  path('M164 66Q200 40 236 66Q218 66 212 74Q198 64 186 76Q178 66 164 66Z', '#ffffff');

const paddlingPool: Drawing = () =>
  shadow(200, 276, 164) +
  path('M48 186V240Q48 276 200 276Q352 276 352 240V186Z', P.skyDark) +
  path('M48 204Q48 240 200 240Q352 240 352 204V220Q352 256 200 256Q48 256 48 220Z', P.cream) +
  ellipse(200, 186, 152, 44, P.yellow) +
  ellipse(200, 184, 134, 34, P.sky) +
  faded(0.6, stroke('M110 190q16 -8 32 0t32 0M238 198q14 -7 28 0t28 0M196 170q12 -6 24 0', '#ffffff', 4)) +
  path(
    'M196 176Q190 146 218 146Q222 126 242 126Q262 128 262 146L276 152L262 158Q258 168 262 174Q250 192 222 190Q202 190 196 176Z',
    P.yellow,
  ) +
  path('M262 144L278 152L262 160Z', P.ember) +
  circle(248, 142, 4, P.ink) +
  path('M204 164Q220 160 234 170Q226 184 208 180Z', P.yellowDark) +
  mirrored(circle(88, 230, 8, P.skyDark), circle(136, 246, 8, P.skyDark));

const snowShovel: Drawing = () =>
  path('M0 270Q60 226 140 250Q220 220 300 252Q350 236 400 262V320H0Z', '#ffffff') +
  group(
    'rotate(18 200 160)',
    stroke('M200 52V178', P.wood, 12),
    stroke('M174 34H226V56L200 66L174 56Z', P.ink, 9),
    path('M142 176Q200 160 258 176L266 262Q200 276 134 262Z', P.red),
    path('M200 168Q232 168 258 176L266 262Q234 269 200 269Z', P.redDark),
    path('M134 256Q200 270 266 256L267 268Q200 282 133 268Z', P.steel),
    stroke('M172 182L168 252M228 182L232 252M200 178V256', '#8a2d26', 4),
    rect(190, 166, 20, 26, 5, P.steelDark),
  ) +
  path('M60 292Q120 244 190 262Q240 268 262 300Q160 316 60 292Z', '#ffffff') +
  faded(0.5, path('M60 292Q120 262 190 276Q230 282 262 300Q160 316 60 292Z', P.glass)) +
  repeated(9, (index) =>
    circle(34 + ((index * 83) % 340), 34 + ((index * 61) % 170), 3 + (index % 3), '#ffffff'),
  );

export const GARDEN: Readonly<Record<string, Drawing>> = {
  'watering-can': wateringCan,
  parasol,
  'picnic-blanket': picnicBlanket,
  'fire-bowl': fireBowl,
  'bird-feeder': birdFeeder,
  'paddling-pool': paddlingPool,
  'snow-shovel': snowShovel,
};
