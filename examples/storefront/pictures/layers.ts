import { PAINT as P } from './colors.ts';
import { buttons, hood, jacket, lens, pullover, zip } from './garments.ts';
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

const merinoTee: Drawing = () =>
  pullover({ base: P.pineLight, shade: '#467465', trim: P.pine }, 'short') +
  rect(216, 132, 22, 14, 3, P.cream);

const downJacket: Drawing = () => {
  const cloth = { base: P.ember, shade: P.emberDark, trim: P.navyDark };
  return (
    hood(cloth) +
    jacket(cloth, 246) +
    repeated(6, (index) =>
      stroke(
        `M${146 - index} ${116 + index * 23}Q172 ${126 + index * 23} 200 ${120 + index * 23}Q228 ${126 + index * 23} ${254 + index} ${116 + index * 23}`,
        P.emberDark,
        3.5,
      ),
    ) +
    mirrored(
      repeated(5, (index) =>
        stroke(
          `M${121 - index * 5} ${132 + index * 22}Q${132 - index * 3} ${140 + index * 22} ${148 - index * 5} ${138 + index * 22}`,
          '#8c3a19',
          3,
        ),
      ),
    ) +
    path('M160 92Q200 118 240 92L244 106Q200 132 156 106Z', P.emberDark) +
    zip(114, 248, P.navyDark)
  );
};

const woolSweater: Drawing = () =>
  pullover({ base: P.oat, shade: P.oatDark, trim: '#bfa985' }, 'long') +
  mirrored(path('M93 226L128 234L126 243L91 235Z', '#bfa985')) +
  path('M141 240Q200 252 259 240L258 253Q200 265 142 253Z', '#bfa985') +
  path('M147 112Q200 148 253 112L254 138Q200 172 146 138Z', P.pine) +
  repeated(7, (index) => {
    const x = 156 + index * 14.7;
    const y = 139 + 13 * (1 - ((index - 3) / 3.6) ** 2);
    return path(`M${x} ${y - 9}l6 8l-6 8l-6 -8Z`, P.cream);
  }) +
  stroke('M146 146Q200 182 254 146', P.ember, 4);

const linenShirt: Drawing = () => {
  const cloth = { base: '#f4efe2', shade: '#cfc6b0', trim: '#b9af97' };
  return (
    jacket(cloth, 254) +
    repeated(6, (index) =>
      index === 2 || index === 3 ? '' : stroke(`M${155 + index * 18} 98L${152 + index * 19.2} 254`, P.sky, 3),
    ) +
    mirrored(
      path('M200 104L178 78L160 88L180 122Z', '#fffaf0'),
      stroke('M200 104L180 121L161 89', '#cfc7b2', 2.5),
    ) +
    rect(192, 108, 16, 148, 0, '#fffaf0') +
    buttons(122, 6, 24, P.skyDark) +
    rect(218, 138, 28, 32, 3, '#fffaf0')
  );
};

const windVest: Drawing = () =>
  path(
    'M150 92Q166 84 176 82L200 108L224 82Q234 84 250 92Q244 130 262 152L264 250Q200 264 136 250L138 152Q156 130 150 92Z',
    P.moss,
  ) +
  faded(0.1, path('M200 108L224 82Q234 84 250 92Q244 130 262 152L264 250Q232 257 200 257Z', P.ink)) +
  mirrored(
    path('M174 84Q172 70 178 66Q190 62 200 62V106Z', P.mossDark),
    stroke('M150 94Q156 130 139 152', P.mossDark, 6),
    stroke('M154 218L176 204', P.cream, 4),
  ) +
  path('M138 176Q200 190 262 176L263 190Q200 204 137 190Z', P.cream) +
  zip(84, 256, P.pineDark);

const beanie: Drawing = () =>
  circle(200, 76, 26, P.cream) +
  repeated(8, (index) => group(`rotate(${index * 45} 200 76)`, circle(200, 54, 8, '#efe5d2'))) +
  path('M116 214C112 132 148 92 200 92C252 92 288 132 284 214Z', P.plum) +
  repeated(7, (index) =>
    stroke(
      `M${200 + (index - 3) * 10} ${98 + Math.abs(index - 3) * 3}Q${200 + (index - 3) * 24} 150 ${200 + (index - 3) * 25} 206`,
      P.plumDark,
      3.5,
    ),
  ) +
  path('M104 202Q200 186 296 202Q302 226 296 250Q200 266 104 250Q98 226 104 202Z', P.plumDark) +
  repeated(11, (index) =>
    stroke(`M${118 + index * 16.4} ${203 - 5 * (1 - ((index - 5) / 5) ** 2)}v44`, P.plum, 4),
  );

const mittens: Drawing = () => {
  const mitten =
    path('M150 214L146 140C144 104 158 82 180 82C204 82 214 106 212 136L210 214Z', P.red) +
    path('M206 168C214 146 232 136 242 144C252 154 240 176 226 190L208 204Z', P.redDark) +
    path('M142 208Q180 200 218 208L220 254Q180 264 140 254Z', P.cream) +
    repeated(5, (index) => stroke(`M${152 + index * 14} 214v36`, P.oatDark, 4)) +
    group(
      'translate(180 142)',
      repeated(6, (index) =>
        group(`rotate(${index * 60})`, stroke('M0 0V-22M0 -14L-6 -20M0 -14L6 -20', P.cream, 3.5)),
      ),
    );
  return (
    group('translate(-62 10) rotate(-8 180 170)', mitten) +
    group('matrix(-1 0 0 1 462 10) rotate(-8 180 170)', mitten) +
    stroke('M104 262C120 298 280 298 296 262', P.redDark, 4)
  );
};

const strawHat: Drawing = () =>
  shadow(200, 250, 150) +
  ellipse(200, 212, 158, 40, P.brassDark) +
  ellipse(200, 206, 158, 38, '#e6c377') +
  faded(0.5, ellipse(200, 204, 132, 28, P.brassDark)) +
  path('M128 204C126 128 150 104 200 104C250 104 274 128 272 204Q200 226 128 204Z', '#e6c377') +
  path('M127 176Q200 198 273 176L272 206Q200 228 128 206Z', P.navy) +
  repeated(4, (index) =>
    stroke(
      `M${146 - index * 5} ${126 + index * 14}Q200 ${142 + index * 15} ${254 + index * 5} ${126 + index * 14}`,
      P.brass,
      3,
    ),
  ) +
  mirrored(stroke('M60 214Q120 242 196 242', P.brass, 3));

const runningShorts: Drawing = () =>
  path('M124 98H276L304 236Q258 256 216 244L200 164L184 244Q142 256 96 236Z', P.navy) +
  faded(0.14, path('M200 98H276L304 236Q258 256 216 244L200 164Z', P.ink)) +
  mirrored(path('M124 112L112 172Q124 210 140 248Q114 246 96 236Z', P.ember)) +
  path('M122 88Q200 98 278 88L280 112Q200 122 120 112Z', P.navyDark) +
  stroke('M192 112Q180 134 186 146M208 112Q222 130 214 142', P.cream, 4);

const sunglasses: Drawing = () =>
  shadow(200, 236, 130) +
  mirrored(stroke('M96 142Q70 128 66 152L82 214', '#8a5a33', 9)) +
  lens(140, '#5d3d27') +
  lens(260, '#5d3d27') +
  mirrored(stroke('M96 138Q140 126 184 138Q186 190 140 194Q94 190 96 138Z', '#8a5a33', 9)) +
  stroke('M184 146Q200 132 216 146', '#8a5a33', 9);

const swimPoncho: Drawing = () => {
  const cloth = { base: P.sky, shade: P.skyDark, trim: P.cream };
  return (
    hood(cloth) +
    path(
      'M156 92Q200 112 244 92L304 116Q312 120 312 130V196Q290 204 270 198V266Q200 278 130 266V198Q110 204 88 196V130Q88 120 96 116Z',
      P.sky,
    ) +
    faded(
      0.08,
      path('M200 103Q224 101 244 92L304 116Q312 120 312 130V196Q290 204 270 198V266Q236 272 200 272Z', P.ink),
    ) +
    path('M130 222Q200 234 270 222V238Q200 250 130 238Z', P.cream) +
    path('M130 246Q200 258 270 246V254Q200 266 130 254Z', P.ember) +
    mirrored(path('M88 176Q108 182 130 178V190Q110 196 88 188Z', P.cream)) +
    path('M162 162H238V196Q238 206 228 206H172Q162 206 162 196Z', P.skyDark)
  );
};

export const LAYERS: Readonly<Record<string, Drawing>> = {
  'merino-tee': merinoTee,
  'down-jacket': downJacket,
  'wool-sweater': woolSweater,
  'linen-shirt': linenShirt,
  'wind-vest': windVest,
  beanie,
  mittens,
  'straw-hat': strawHat,
  'running-shorts': runningShorts,
  sunglasses,
  'swim-poncho': swimPoncho,
};
