import { PAINT as P } from './colors.ts';
import { pair } from './garments.ts';
import {
  circle,
  type Drawing,
  ellipse,
  faded,
  group,
  path,
  rect,
  repeated,
  shadow,
  stroke,
} from './shapes.ts';

const wellingtons: Drawing = () =>
  shadow(206, 272, 130) +
  pair(
    path('M130 84H194L198 196C202 214 232 214 252 226Q266 236 264 258H128Q124 170 130 84Z', P.pine) +
      path('M128 80H196V98H128Z', P.pineLight) +
      path('M126 252H266V268Q266 272 262 272H196L192 264H172L170 272H130Q126 272 126 268Z', P.pineDark) +
      path('M130 118H160V128H130Z', P.pineLight) +
      faded(0.25, stroke('M184 112L186 196', P.cream, 6)) +
      stroke('M132 84Q122 70 136 66Q148 64 146 80', P.pineDark, 5),
  );

const hikingBoots: Drawing = () =>
  shadow(206, 272, 136) +
  pair(
    path(
      'M126 118Q158 108 190 116L196 176C214 192 250 192 264 216Q272 232 270 252H124Q118 180 126 118Z',
      P.wood,
    ) +
      path('M124 114Q158 100 192 112L194 132Q158 122 124 134Z', P.woodDark) +
      path('M236 196Q270 206 270 252H232Q226 220 236 196Z', P.woodDark) +
      path('M122 214Q146 208 152 252H124Z', P.woodDark) +
      repeated(4, (index) =>
        stroke(`M${176 + index * 12} ${138 + index * 16}L${198 + index * 12} ${136 + index * 17}`, P.red, 5),
      ) +
      path(
        'M120 248H274V266L262 272H252L248 266H236L232 272H220L216 266H204L200 272H180L176 264H158L154 272H124Q120 270 120 266Z',
        P.black,
      ),
  );

const trailRunners: Drawing = () =>
  shadow(200, 270, 140) +
  pair(
    path(
      'M92 190C96 172 118 166 134 178Q158 196 182 172L198 164C216 196 262 200 284 216Q300 228 296 244H94Q86 216 92 190Z',
      P.skyDark,
    ) +
      path('M92 190C96 172 118 166 134 178L140 244H94Q86 216 92 190Z', P.navy) +
      path('M248 206Q300 216 296 244H232Q232 218 248 206Z', P.navy) +
      path('M136 240Q166 190 204 184L222 198Q186 206 164 244Z', P.yellow) +
      repeated(4, (index) =>
        stroke(
          `M${188 + index * 13} ${182 + index * 7}L${202 + index * 13} ${173 + index * 8}`,
          P.cream,
          4.5,
        ),
      ) +
      path('M88 238Q190 254 300 236Q304 252 296 258Q190 266 96 260Q86 256 88 238Z', P.cream) +
      path(
        'M96 259Q190 266 296 257L290 270L280 262L270 271L258 263L246 271L234 263L222 272L210 264L198 272L186 264L174 272L162 264L150 272L138 264L126 271L114 263L104 270Z',
        P.ember,
      ),
    -44,
    -50,
  );

const riverSandals: Drawing = () => {
  const sole =
    path(
      'M148 84C176 74 204 92 204 128C204 158 192 170 194 204C196 242 186 262 166 262C144 262 134 240 136 208C138 172 124 160 124 126C124 102 132 90 148 84Z',
      P.slate,
    ) +
    path(
      'M150 92C174 84 196 98 196 128C196 158 184 172 186 204C188 238 182 254 166 254C148 254 142 238 144 208C146 172 132 158 132 126C132 106 138 96 150 92Z',
      P.woodLight,
    ) +
    stroke('M128 128Q162 96 202 130', P.ember, 15) +
    stroke('M128 132Q170 150 194 186', P.pine, 13) +
    stroke('M202 134Q170 150 138 190', P.pine, 13) +
    stroke('M140 212Q166 194 192 212', P.ember, 13) +
    rect(156, 192, 18, 15, 3, P.ink);
  return (
    faded(0.12, ellipse(206, 270, 110, 12, P.ink)) +
    group('translate(-34 6) rotate(-5 166 170)', sole) +
    group('matrix(-1 0 0 1 434 6) rotate(-5 166 170)', sole)
  );
};

const winterBoots: Drawing = () =>
  shadow(206, 272, 130) +
  pair(
    path('M132 96H196L200 190C208 206 240 204 258 222Q268 234 266 254H128Q124 170 132 96Z', P.oatDark) +
      path('M128 220Q180 236 222 200Q256 208 264 232L266 254H128Z', P.coffee) +
      repeated(3, (index) =>
        stroke(`M136 ${126 + index * 30}Q166 ${136 + index * 30} 198 ${124 + index * 30}`, '#b7a37e', 4),
      ) +
      repeated(5, (index) => circle(132 + index * 16, 92, 13, P.cream)) +
      path('M122 248H270V264Q270 272 262 272H128Q122 272 122 264Z', P.black) +
      stroke('M180 116L194 126M181 146L196 156M184 176L199 186', P.red, 5),
    -58,
    -12,
  );

const slippers: Drawing = () =>
  shadow(200, 266, 138) +
  pair(
    path('M86 222Q84 196 116 198L196 180Q262 182 290 218Q300 236 292 252H96Q86 240 86 222Z', P.wood) +
      path('M84 216Q80 196 104 190Q150 206 192 176Q204 180 200 196Q160 228 104 222Q88 224 84 216Z', P.cream) +
      repeated(7, (index) =>
        circle(96 + index * 16, 206 - Math.max(0, index - 2) * 5, 10, index % 2 ? P.cream : '#f1e7d4'),
      ) +
      stroke('M214 190Q208 220 222 246', P.woodDark, 3) +
      path('M88 244Q190 254 298 240Q298 258 288 264H100Q88 260 88 244Z', P.woodDark),
    -40,
    -52,
  );

export const FOOTWEAR: Readonly<Record<string, Drawing>> = {
  wellingtons,
  'hiking-boots': hikingBoots,
  'trail-runners': trailRunners,
  'river-sandals': riverSandals,
  'winter-boots': winterBoots,
  slippers,
};
