import { PAINT as P } from './colors.ts';
import { buttons, hood, jacket, zip } from './garments.ts';
import {
  circle,
  type Drawing,
  faded,
  group,
  mirrored,
  path,
  rect,
  repeated,
  shadow,
  stroke,
} from './shapes.ts';

const rainShell: Drawing = () => {
  const cloth = { base: P.yellow, shade: P.yellowDark, trim: P.navy };
  return (
    hood(cloth) +
    jacket(cloth, 250) +
    path('M160 92Q200 118 240 92L244 104Q200 130 156 104Z', P.yellowDark) +
    zip(112, 252, P.navy) +
    mirrored(stroke('M156 206L178 180', P.navy, 5))
  );
};

const waxedCoat: Drawing = () => {
  const cloth = { base: P.mossDark, shade: '#4c5c2a', trim: P.coffee };
  return (
    jacket(cloth, 284) +
    mirrored(
      path('M200 112L172 80Q160 84 154 92L176 130Z', P.coffee),
      path('M200 112L176 82L188 78H200Z', P.woodDark),
    ) +
    stroke('M200 112V284', '#4c5c2a', 4) +
    group('translate(8 0)', buttons(138, 5, 30, P.brass)) +
    mirrored(rect(150, 206, 38, 44, 4, '#4c5c2a'), path('M148 204H190V216L169 224L148 216Z', P.moss))
  );
};

const puddleSuit: Drawing = () => {
  const shade = '#4b83a0';
  const cloth = { base: P.skyDark, shade, trim: P.yellow };
  return group(
    'translate(30 14) scale(.85)',
    hood(cloth),
    path(
      'M138 190L128 300Q128 306 134 306H180Q186 306 187 300L200 232L213 300Q214 306 220 306H266Q272 306 272 300L262 190Z',
      P.skyDark,
    ),
    faded(0.1, path('M200 232L213 300Q214 306 220 306H266Q272 306 272 300L262 190H200Z', P.ink)),
    jacket(cloth, 210),
    path('M160 92Q200 118 240 92L244 104Q200 130 156 104Z', shade),
    stroke('M200 114V212Q200 222 206 232L220 292', P.yellow, 6),
    mirrored(rect(140, 246, 40, 30, 8, P.navy), rect(127, 296, 61, 12, 4, P.yellow)),
    circle(168, 156, 11, P.cream),
    path('M159 160Q168 146 177 160Z', P.yellow),
  );
};

const stormUmbrella: Drawing = () =>
  shadow(206, 282, 78) +
  group(
    'rotate(-14 200 160)',
    stroke('M200 60V256Q200 276 184 276Q170 276 170 262', P.woodDark, 8),
    path(
      'M74 160C78 92 132 52 200 52C268 52 322 92 326 160Q304 142 284 160Q262 140 242 160Q220 140 200 160Q180 140 158 160Q138 140 116 160Q96 142 74 160Z',
      P.red,
    ),
    path('M158 160C160 110 178 70 200 52C222 70 240 110 242 160Q220 140 200 160Q180 140 158 160Z', P.redDark),
    path('M242 160C240 110 222 70 200 52C268 52 322 92 326 160Q304 142 284 160Q262 140 242 160Z', '#d0574a'),
    path('M146 66Q200 30 254 66Q226 78 200 78Q174 78 146 66Z', P.redDark),
    rect(197, 30, 6, 20, 3, P.woodDark),
  );

const rainCape: Drawing = () => {
  const cloth = { base: P.ember, shade: P.emberDark, trim: P.cream };
  return (
    hood(cloth) +
    path(
      'M158 90Q200 110 242 90Q270 102 284 140L322 262Q324 272 314 274Q200 296 86 274Q76 272 78 262L116 140Q130 102 158 90Z',
      P.ember,
    ) +
    faded(
      0.1,
      path('M200 101Q224 98 242 90Q270 102 284 140L322 262Q324 272 314 274Q258 284 200 285Z', P.ink),
    ) +
    mirrored(stroke('M152 150Q140 210 128 276', P.emberDark, 4)) +
    path('M94 224Q200 246 306 224L311 240Q200 262 89 240Z', P.steelLight) +
    stroke('M200 110V158', P.emberDark, 5) +
    repeated(3, (index) => circle(200, 118 + index * 18, 4, P.cream))
  );
};

export const RAINWEAR: Readonly<Record<string, Drawing>> = {
  'rain-shell': rainShell,
  'waxed-coat': waxedCoat,
  'puddle-suit': puddleSuit,
  'storm-umbrella': stormUmbrella,
  'rain-cape': rainCape,
};
