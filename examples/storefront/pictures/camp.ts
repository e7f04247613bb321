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

const tent: Drawing = () =>
  shadow(200, 270, 160) +
  path('M52 268L176 92Q200 74 224 92L348 268Z', P.ember) +
  path('M200 80Q214 82 224 92L348 268H250Z', P.emberDark) +
  path('M200 112L152 268H248Z', P.coffee) +
  path('M200 112L152 268H176Q182 190 200 112Z', P.cream) +
  path('M200 112L248 268H228Q216 190 200 112Z', P.oat) +
  stroke('M200 78V70M52 268L30 276M348 268L370 276', P.woodDark, 5) +
  stroke('M120 172L62 236', P.emberDark, 3) +
  stroke('M36 272L110 190M364 272L290 190', P.cream, 2);

const sleepingBag: Drawing = () =>
  shadow(206, 252, 150) +
  group(
    'rotate(-8 200 180)',
    path(
      'M62 150C62 118 92 104 124 104L318 138Q346 146 346 180Q346 212 318 220L124 254C92 254 62 240 62 208Z',
      P.pine,
    ),
    repeated(6, (index) =>
      stroke(
        `M${146 + index * 32} ${110 + index * 5}Q${162 + index * 32} 180 ${146 + index * 32} ${248 - index * 5}`,
        P.pineDark,
        3.5,
      ),
    ),
    path(
      'M124 104C92 104 62 118 62 150V208C62 240 92 254 124 254C146 254 152 220 152 180C152 138 146 104 124 104Z',
      P.pineDark,
    ),
    ellipse(112, 180, 30, 54, P.yellow),
    ellipse(106, 180, 20, 40, P.cream),
    stroke('M150 206L320 196', P.yellow, 4),
  );

const headlamp: Drawing = () =>
  path('M136 150L40 92V244L136 196Z', P.glow) +
  faded(0.5, path('M136 158L40 124V214L136 190Z', P.cream)) +
  stroke('M176 126C210 84 320 86 330 158C336 214 260 250 178 222', P.navy, 22) +
  stroke('M182 120C214 84 312 88 326 150', P.skyDark, 7) +
  rect(126, 122, 76, 102, 18, P.black) +
  rect(134, 132, 44, 82, 14, P.slate) +
  circle(152, 158, 21, P.glow) +
  circle(152, 158, 12, P.cream) +
  circle(152, 198, 9, P.red) +
  rect(184, 144, 10, 20, 4, P.ember) +
  rect(266, 84, 30, 22, 5, P.slate);

const campStove: Drawing = () =>
  shadow(200, 276, 92) +
  rect(164, 214, 72, 60, 14, P.ember) +
  rect(164, 230, 72, 14, 0, P.cream) +
  rect(188, 190, 24, 26, 4, P.steelDark) +
  stroke('M212 204H246L256 196', P.steelDark, 6) +
  mirrored(
    stroke('M192 196L142 170V156', P.steelDark, 7),
    path('M168 164Q160 148 170 136Q176 150 180 164Z', P.sky),
  ) +
  path('M188 166Q182 146 200 130Q218 146 212 166Z', P.skyDark) +
  path('M128 76H272V138Q272 154 256 154H144Q128 154 128 138Z', P.steel) +
  path('M222 76H272V138Q272 154 256 154H222Z', P.steelDark) +
  ellipse(200, 76, 72, 12, P.steelLight) +
  rect(190, 52, 20, 14, 5, P.black) +
  path('M134 74Q200 46 266 74Z', P.steel) +
  stroke('M272 92Q308 92 308 116Q308 132 272 130', P.black, 8) +
  stroke('M160 40q-8 -10 0 -20M240 40q-8 -10 0 -20', P.cream, 5);

const enamelMug: Drawing = () =>
  shadow(196, 270, 96) +
  stroke('M262 136Q324 132 320 184Q316 228 262 224', P.navy, 16) +
  stroke('M262 136Q324 132 320 184Q316 228 262 224', P.cream, 8) +
  path('M118 108H272L264 256Q264 270 250 270H140Q126 270 126 256Z', P.cream) +
  faded(0.1, path('M220 108H272L264 256Q264 270 250 270H220Z', P.ink)) +
  ellipse(195, 108, 80, 17, P.navy) +
  ellipse(195, 108, 70, 12, P.coffee) +
  path('M140 226L168 182L186 206L206 172L240 226Z', P.navy) +
  path('M168 182L160 195L170 192L177 195Z', P.cream) +
  repeated(9, (index) => circle(136 + ((index * 47) % 122), 140 + ((index * 29) % 112), 2, P.slate)) +
  stroke('M176 84q-12 -14 0 -28t0 -28M212 84q-12 -14 0 -28', P.cream, 5);

const hammock: Drawing = () =>
  rect(36, 40, 30, 236, 8, P.woodDark) +
  rect(334, 40, 30, 236, 8, P.woodDark) +
  circle(50, 44, 56, P.leaf) +
  circle(350, 38, 60, P.leafDark) +
  circle(16, 84, 34, P.leafDark) +
  circle(388, 88, 30, P.leaf) +
  repeated(6, (index) =>
    stroke(
      `M52 122L${94 + index * 3} ${140 + index * 9}M348 122L${306 - index * 3} ${140 + index * 9}`,
      P.oat,
      2.5,
    ),
  ) +
  rect(34, 116, 34, 12, 3, P.ink) +
  rect(332, 116, 34, 12, 3, P.ink) +
  path('M92 136Q200 226 308 136L300 186Q200 288 100 186Z', P.rose) +
  path('M98 164Q200 254 302 164L301 176Q200 268 99 176Z', P.red) +
  path('M94 146Q200 236 306 146L305 152Q200 244 95 152Z', P.cream) +
  path('M182 172L214 158L232 178L198 190Z', P.navy) +
  path('M182 172L198 190L196 194L180 176Z', P.cream);

const flask: Drawing = () =>
  shadow(200, 280, 66) +
  rect(152, 112, 96, 168, 16, P.pine) +
  path('M152 132Q152 92 176 84H224Q248 92 248 132Z', P.pineLight) +
  rect(166, 34, 68, 54, 10, P.steel) +
  rect(166, 52, 68, 6, 0, P.steelDark) +
  faded(0.15, path('M216 84H224Q248 92 248 132V264Q248 280 232 280H216Z', P.ink)) +
  rect(152, 248, 96, 14, 0, P.steel) +
  stroke('M248 124Q284 128 284 168Q284 206 248 210', P.ink, 9) +
  group(
    'translate(196 186)',
    repeated(6, (index) =>
      group(`rotate(${index * 60})`, stroke('M0 0V-28M0 -18L-7 -25M0 -18L7 -25', P.cream, 4)),
    ),
  ) +
  faded(0.35, rect(164, 112, 10, 120, 5, P.cream));

const sledge: Drawing = () =>
  shadow(206, 270, 154) +
  stroke('M70 256H330Q346 256 346 244', P.steel, 8) +
  stroke('M72 246H318Q362 244 352 190Q346 166 322 172', P.wood, 13) +
  repeated(3, (index) => stroke(`M${112 + index * 84} 240L${122 + index * 84} 186`, P.woodDark, 11)) +
  path('M76 156H318Q328 156 324 166L320 170H70Z', P.woodLight) +
  path('M70 172H320L314 186H64Z', P.wood) +
  path('M78 140H322L318 152H74Z', P.wood) +
  repeated(3, (index) => rect(110 + index * 86, 136, 12, 54, 3, P.woodDark)) +
  stroke('M324 172Q382 140 348 98Q328 78 300 104', P.red, 5);

export const CAMP: Readonly<Record<string, Drawing>> = {
  tent,
  'sleeping-bag': sleepingBag,
  headlamp,
  'camp-stove': campStove,
  'enamel-mug': enamelMug,
  hammock,
  flask,
  sledge,
};
