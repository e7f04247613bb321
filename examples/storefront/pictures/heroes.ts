import { PAINT as P } from './colors.ts';
import {
  circle,
  type Drawing,
  ellipse,
  faded,
  group,
  path,
  rect,
  repeated,
  type Svg,
  scattered,
  stroke,
} from './shapes.ts';

const fir = (x: number, y: number, height: number, color: string): Svg =>
  path(
    `M${x} ${y - height}L${x + height * 0.2} ${y - height * 0.58}H${x + height * 0.11}L${x + height * 0.28} ${y - height * 0.24}H${x + height * 0.15}L${x + height * 0.34} ${y}H${x - height * 0.34}L${x - height * 0.15} ${y - height * 0.24}H${x - height * 0.28}L${x - height * 0.11} ${y - height * 0.58}H${x - height * 0.2}Z`,
    color,
  );

const cloud = (x: number, y: number, size: number, color: string): Svg =>
  group(
    `translate(${x} ${y}) scale(${size})`,
    path('M0 40Q-4 12 28 12Q40 -18 74 -6Q104 -26 124 4Q160 0 158 40Z', color),
  );

const tree = (x: number, y: number, size: number, crown: string, light: string): Svg =>
  group(
    `translate(${x} ${y}) scale(${size})`,
    path('M-9 0L-5 -70H5L9 0Z', P.woodDark),
    circle(0, -118, 62, crown),
    circle(-40, -90, 40, crown),
    circle(40, -86, 42, crown),
    circle(-16, -134, 34, light),
    circle(28, -112, 24, light),
  );

const everyday: Drawing = () =>
  rect(0, 0, 1600, 640, 0, '#d3e7ec') +
  circle(1180, 150, 74, '#fdf3cf') +
  cloud(210, 110, 1.5, '#f2f8f8') +
  cloud(760, 70, 1.1, '#f2f8f8') +
  cloud(1330, 190, 1.3, '#f2f8f8') +
  path('M0 360Q180 190 420 320Q640 130 900 300Q1120 190 1320 290Q1480 230 1600 280V640H0Z', '#a9c9c4') +
  path('M0 420Q260 280 560 390Q860 260 1140 380Q1400 300 1600 360V640H0Z', '#86b3a2') +
  path('M0 500Q380 380 800 460Q1220 380 1600 450V640H0Z', '#9cbf76') +
  path('M0 560Q460 470 900 530Q1300 480 1600 540V640H0Z', '#82ab5c') +
  path(
    'M700 640Q860 560 812 506Q780 470 900 440Q960 424 930 404Q1000 424 936 452Q850 490 900 530Q960 580 900 640Z',
    '#ecdcb2',
  ) +
  tree(1260, 488, 1.25, P.leafDark, P.leaf) +
  tree(360, 476, 0.95, P.leafDark, P.leaf) +
  tree(446, 484, 0.7, '#5d8b49', '#78a562') +
  stroke(
    'M1000 556L1022 470M1060 560L1070 474M1120 566L1118 480M1180 574L1168 488M992 500Q1080 488 1186 512M996 528Q1080 516 1188 542',
    P.wood,
    8,
  ) +
  group(
    'translate(800 412)',
    path('M-14 66L-8 24H10L16 66H6L1 36L-4 66Z', P.navy),
    path('M-14 30Q-16 -12 2 -12Q20 -12 16 30Z', P.ember),
    rect(-26, -8, 18, 32, 7, P.pine),
    circle(3, -24, 11, P.roseDark),
    path('M-9 -26Q-6 -40 4 -39Q16 -38 15 -26Z', P.yellow),
  ) +
  repeated(46, (index) => {
    const [x, y] = scattered(index, 1600, 64);
    return circle(x, y + 568, 4 + (index % 3), [P.cream, P.yellow, P.rose, P.plum][index % 4] ?? P.cream);
  });

const rain: Drawing = () =>
  rect(0, 0, 1600, 640, 0, '#b9ccd4') +
  cloud(80, 60, 2.4, '#a3b8c2') +
  cloud(560, 20, 3, '#9db3be') +
  cloud(1130, 50, 2.6, '#a3b8c2') +
  path('M0 330Q220 150 470 300Q700 110 960 290Q1200 140 1600 300V640H0Z', '#8fa9b0') +
  faded(0.45, path('M0 300Q420 240 800 300T1600 290V350Q1200 320 800 350T0 340Z', '#d5e1e5')) +
  path('M0 430Q300 270 640 400Q980 260 1240 380Q1440 320 1600 370V640H0Z', '#6d9089') +
  path('M0 510Q420 390 840 470Q1260 400 1600 460V640H0Z', '#567c68') +
  path('M0 580Q480 500 920 550Q1320 510 1600 560V640H0Z', '#46684f') +
  group(
    'translate(1130 320)',
    rect(0, 60, 190, 92, 0, '#dfe3dc'),
    path('M-18 66L34 4H158L208 66Z', P.slate),
    rect(130, -18, 26, 44, 0, '#cdd3cc'),
    rect(26, 86, 34, 34, 3, P.yellow),
    rect(128, 86, 34, 34, 3, P.yellow),
    rect(80, 92, 30, 60, 3, P.red),
    stroke('M43 86v34M26 103h34M145 86v34M128 103h34', P.slate, 4),
  ) +
  fir(1400, 486, 150, '#35564a') +
  fir(1468, 494, 110, '#3e6154') +
  fir(260, 470, 140, '#35564a') +
  fir(196, 480, 96, '#3e6154') +
  group(
    'translate(800 430) scale(1.35)',
    path('M-16 84L-14 40H14L18 84H6L1 52L-5 84Z', P.navy),
    path('M-19 84h16v10h-18zM4 84h16v10h-18z', P.pineDark),
    path('M-24 48Q-26 -6 0 -8Q26 -6 24 48Q0 56 -24 48Z', P.yellow),
    circle(0, -18, 14, P.yellowDark),
    ellipse(4, -17, 8, 9, P.rose),
    stroke('M20 18L34 2V-66', P.woodDark, 5),
    path(
      'M-46 -62C-44 -108 -6 -128 34 -128C74 -128 112 -108 114 -62Q94 -74 74 -62Q54 -74 34 -62Q14 -74 -6 -62Q-26 -74 -46 -62Z',
      P.red,
    ),
    path('M-6 -62C-4 -96 14 -118 34 -128C54 -118 72 -96 74 -62Q54 -74 34 -62Q14 -74 -6 -62Z', P.redDark),
  ) +
  faded(0.55, ellipse(640, 590, 120, 14, '#8fb0b0'), ellipse(1080, 606, 150, 13, '#8fb0b0')) +
  faded(
    0.6,
    repeated(90, (index) => {
      const [x, y] = scattered(index, 1640, 600);
      return stroke(`M${x} ${y}l-10 34`, '#eef5f7', 3);
    }),
  );

const heat: Drawing = () =>
  rect(0, 0, 1600, 640, 0, '#fbe3b6') +
  circle(820, 170, 96, '#fff3cd') +
  faded(0.5, circle(820, 170, 150, '#fff3cd')) +
  path('M0 330Q160 210 380 300Q560 180 800 300Q1040 190 1240 300Q1420 230 1600 310V360H0Z', '#d9a98d') +
  path('M0 346Q240 286 520 334T1100 330T1600 340V380H0Z', '#b98c78') +
  rect(0, 350, 1600, 170, 0, '#6fb3bd') +
  path('M0 430Q400 408 800 432T1600 424V520H0Z', '#5aa3b0') +
  faded(
    0.7,
    stroke(
      'M700 372h240M660 396h320M720 420h200M180 404h90M340 448h120M1180 398h100M1340 440h140M560 462h80M980 458h120',
      '#f9edcb',
      6,
    ),
  ) +
  path('M0 520Q300 456 720 500Q1200 452 1600 512V640H0Z', '#f1d8a0') +
  path('M0 596Q420 540 860 578Q1260 548 1600 590V640H0Z', '#e6c481') +
  group(
    'translate(420 330)',
    path('M-70 74H70Q54 98 0 98Q-54 98 -70 74Z', P.cream),
    path('M-4 66V-72L-58 66Z', P.ember),
    path('M6 66V-92L70 66Z', '#fffdf8'),
    stroke('M0 74V-96', P.woodDark, 5),
  ) +
  group(
    'translate(1030 560)',
    faded(0.18, ellipse(30, 30, 190, 18, P.ink)),
    stroke('M0 28L-40 -210', P.wood, 9),
    path(
      'M-190 -130C-176 -206 -116 -248 -50 -252C20 -254 84 -214 110 -150Q86 -142 64 -156Q30 -136 2 -150Q-28 -130 -62 -146Q-94 -124 -124 -138Q-152 -118 -190 -130Z',
      P.cream,
    ),
    path('M-190 -130C-176 -206 -116 -248 -50 -252Q-116 -208 -124 -138Q-152 -118 -190 -130Z', P.red),
    path('M-62 -146Q-70 -212 -50 -252Q-10 -216 2 -150Q-28 -130 -62 -146Z', P.red),
    path('M110 -150C84 -214 20 -254 -50 -252Q40 -220 64 -156Q86 -142 110 -150Z', P.red),
    path('M40 20L86 -46L102 -40L66 14H140L148 28H30Z', P.navy),
    path('M84 -46L104 -42L70 14H54Z', P.sky),
    stroke('M52 28L60 50M136 28L130 50', P.woodDark, 7),
    rect(-170, 4, 76, 44, 8, P.pine),
    rect(-174, -4, 84, 16, 6, P.cream),
    stroke('M-156 -4Q-132 -34 -108 -4', P.cream, 5),
  ) +
  group(
    'translate(640 580)',
    path('M-110 20L-70 -22H70L120 20Z', P.skyDark),
    path('M-92 1L-84 -8H84L96 1Z', P.cream),
    ellipse(34, -22, 40, 9, P.yellow),
    path('M10 -24Q12 -48 34 -48Q56 -48 58 -24Z', '#e6c377'),
  ) +
  stroke(
    'M1220 120q16 -16 30 0q14 -16 30 0M1310 80q12 -12 22 0q10 -12 22 0M560 96q12 -12 22 0q10 -12 22 0',
    '#a87a64',
    5,
  );

const snow: Drawing = () =>
  rect(0, 0, 1600, 640, 0, '#a9bfd3') +
  circle(430, 130, 54, '#eef3f5') +
  path('M0 360L240 150L400 280L620 90L840 300L1020 170L1260 330L1420 220L1600 340V640H0Z', '#c8d8e4') +
  path(
    'M240 150L308 206L268 214L240 196L206 222L180 202ZM620 90L700 166L650 164L616 140L570 186L548 152ZM1020 170L1090 218L1048 226L1016 206L974 214Z',
    '#f7fafb',
  ) +
  path('M0 450Q260 340 560 420Q860 330 1160 410Q1400 350 1600 400V640H0Z', '#dde8ef') +
  fir(250, 470, 210, '#3f6267') +
  fir(346, 486, 150, '#507479') +
  fir(160, 490, 130, '#507479') +
  fir(1210, 470, 230, '#3f6267') +
  fir(1310, 486, 170, '#507479') +
  fir(1420, 478, 200, '#3f6267') +
  fir(1120, 480, 120, '#507479') +
  group(
    'translate(690 290)',
    faded(
      0.8,
      circle(240, -62, 22, '#dfe8ee'),
      circle(266, -102, 28, '#dfe8ee'),
      circle(250, -150, 34, '#dfe8ee'),
    ),
    rect(204, -34, 40, 74, 0, '#7e8c95'),
    rect(198, -42, 52, 14, 5, '#f7fafb'),
    rect(10, 70, 270, 140, 0, P.woodDark),
    repeated(5, (index) => stroke(`M10 ${92 + index * 26}H280`, '#7d5334', 4)),
    path('M-24 86L60 -4H232L314 86L300 96H-10Z', '#f7fafb'),
    path('M-10 96H300L308 90L314 86L288 74Q150 96 0 74L-24 86Z', '#d3e0e9'),
    rect(40, 112, 62, 56, 4, P.yellow),
    rect(192, 112, 62, 56, 4, P.yellow),
    stroke('M71 112v56M40 140h62M223 112v56M192 140h62', P.coffee, 6),
    rect(34, 166, 74, 10, 4, '#f7fafb'),
    rect(186, 166, 74, 10, 4, '#f7fafb'),
    rect(122, 118, 50, 92, 4, P.red),
    circle(162, 166, 5, P.brass),
    circle(147, 142, 14, P.pine),
    circle(147, 142, 7, P.red),
  ) +
  path('M0 540Q300 450 700 496Q1100 450 1600 520V640H0Z', '#f3f7f9') +
  faded(0.6, path('M812 502H862Q890 560 820 640H690Q850 570 812 502Z', '#c3d4e0')) +
  path('M0 600Q460 540 900 588Q1300 552 1600 604V640H0Z', '#e3edf2') +
  group(
    'translate(1010 540) scale(.62)',
    stroke('M-110 56H150Q186 54 178 10Q172 -10 152 -6', P.woodDark, 13),
    stroke('M-70 50L-62 10M20 50L26 10M106 50L112 10', P.woodDark, 11),
    rect(-104, -10, 260, 20, 6, P.red),
    stroke('M152 -6Q210 -30 260 40', P.navy, 5),
  ) +
  group(
    'translate(560 506)',
    circle(0, 40, 34, '#ffffff'),
    circle(0, -8, 25, '#ffffff'),
    circle(0, -44, 18, '#ffffff'),
    stroke('M-16 -26Q0 -20 16 -26L20 0', P.red, 8),
    path('M-14 -56H14V-60H10V-78H-10V-60H-14Z', P.ink),
    path('M2 -44L18 -40L2 -38Z', P.ember),
    circle(-6, -48, 2.5, P.ink),
    circle(6, -48, 2.5, P.ink),
  ) +
  repeated(90, (index) => {
    const [x, y] = scattered(index, 1600, 600);
    return circle(x, y, 3 + (index % 4), '#ffffff');
  });

const evening: Drawing = () =>
  rect(0, 0, 1600, 640, 0, '#4d3a4e') +
  rect(0, 520, 1600, 120, 0, '#6b4a3c') +
  rect(0, 508, 1600, 14, 0, '#3c2c3d') +
  faded(0.16, circle(1010, 220, 380, P.glow)) +
  faded(0.22, circle(1010, 220, 250, P.glow)) +
  group(
    'translate(420 90)',
    rect(-16, -16, 272, 312, 8, '#6b4a3c'),
    rect(0, 0, 240, 280, 0, '#25344f'),
    circle(176, 66, 30, '#f4e8c6'),
    circle(163, 58, 26, '#25344f'),
    repeated(14, (index) => {
      const [x, y] = scattered(index, 216, 170);
      return circle(x + 12, y + 12, 2, '#f4e8c6');
    }),
    path('M0 220Q60 160 120 204Q180 150 240 200V280H0Z', '#1c2940'),
    rect(114, 0, 12, 280, 0, '#6b4a3c'),
    rect(0, 134, 240, 12, 0, '#6b4a3c'),
    rect(-30, 290, 300, 18, 6, '#7d5748'),
    path('M-60 -34H300V-20H-60Z', P.brass),
    path('M-52 -26H10Q26 120 -20 322H-52Z', P.emberDark),
    path('M292 -26H230Q214 120 260 322H292Z', P.emberDark),
  ) +
  group(
    'translate(1210 120)',
    rect(0, 0, 290, 400, 6, '#6b4a3c'),
    rect(14, 14, 262, 116, 0, '#35273a'),
    rect(14, 144, 262, 116, 0, '#35273a'),
    rect(14, 274, 262, 116, 0, '#35273a'),
    repeated(9, (index) =>
      rect(
        22 + index * 20,
        46 + ((index * 17) % 28),
        17,
        84 - ((index * 17) % 28),
        2,
        [P.red, P.pine, P.brass, P.navy, P.oatDark, P.plum, P.skyDark][index % 7] ?? P.red,
      ),
    ),
    repeated(7, (index) =>
      rect(
        108 + index * 23,
        176 + ((index * 13) % 26),
        19,
        84 - ((index * 13) % 26),
        2,
        [P.brass, P.navy, P.rose, P.pine, P.ember, P.oat, P.plum][index % 7] ?? P.red,
      ),
    ),
    repeated(5, (index) =>
      rect(
        24 + index * 22,
        304 + ((index * 11) % 22),
        18,
        86 - ((index * 11) % 22),
        2,
        [P.pine, P.oatDark, P.red, P.skyDark, P.brass][index % 5] ?? P.red,
      ),
    ),
    ellipse(56, 236, 30, 24, P.rose),
    path('M50 214Q36 178 58 160Q66 190 58 214ZM60 214Q78 186 96 186Q88 212 64 220Z', P.leaf),
    rect(190, 340, 66, 50, 6, P.oat),
  ) +
  ellipse(850, 574, 380, 40, '#8a5a4f') +
  ellipse(850, 572, 330, 30, '#a3705f') +
  group(
    'translate(720 300)',
    faded(0.25, ellipse(120, 272, 190, 16, P.ink)),
    path('M26 262L20 284M214 262L222 284', P.coffee),
    stroke('M30 256L22 282M214 256L222 282', P.coffee, 13),
    path('M20 -6Q24 -50 120 -50Q216 -50 220 -6L228 190H12Z', P.pine),
    path('M34 0Q40 -32 120 -32Q200 -32 206 0L212 150H28Z', P.pineLight),
    path('M22 140H218V206H22Z', P.pineLight),
    path('M10 196H230V258Q230 264 224 264H16Q10 264 10 258Z', P.pine),
    path('M-20 110Q-20 92 4 92Q34 92 34 116V262H-8Q-20 262 -20 250Z', P.pineDark),
    path('M260 110Q260 92 236 92Q206 92 206 116V262H248Q260 262 260 250Z', P.pineDark),
    path('M130 -50Q200 -50 218 -16L230 120Q240 200 222 236L168 226Q182 120 130 -50Z', P.oat),
    stroke('M176 20L220 8M184 74L226 66M186 128L232 122M182 182L232 180', P.ember, 9),
    path('M62 142Q86 128 110 142L112 180Q86 170 60 180Z', P.cream),
    path('M110 142Q132 128 154 142L158 180Q134 170 112 180Z', '#fffdf8'),
  ) +
  group(
    'translate(1030 120)',
    stroke('M0 90V432', P.brass, 9),
    rect(-54, 426, 108, 16, 8, P.brassDark),
    path('M-62 92L-34 0H34L62 92Z', P.glow),
    path('M-62 92L-34 0H-14L-30 92Z', '#f3cf82'),
  ) +
  group(
    'translate(620 470)',
    rect(-46, 10, 104, 12, 6, P.wood),
    stroke('M-30 20L-40 92M42 20L52 92', P.woodDark, 9),
    path('M-14 -28H26L22 10H-10Z', P.cream),
    stroke('M26 -20Q42 -20 40 -6Q38 4 24 2', P.cream, 6),
    faded(0.7, stroke('M0 -38q-8 -10 0 -20t0 -20M14 -38q-8 -10 0 -20', P.cream, 4)),
  ) +
  group(
    'translate(1120 548)',
    path('M-70 24Q-74 -14 -20 -16Q34 -18 48 8Q56 26 40 28H-50Q-70 28 -70 24Z', '#c98a4b'),
    circle(-52, -2, 25, '#c98a4b'),
    path('M-74 -12L-72 -36L-54 -24ZM-50 -26L-34 -36L-32 -12Z', '#c98a4b'),
    stroke('M44 14Q78 20 70 -6', '#c98a4b', 11),
    stroke('M-62 0q4 4 8 0M-48 0q4 4 8 0', P.coffee, 3),
    stroke('M-10 -14v14M8 -14v12M24 -10v12', P.woodDark, 5),
  );

export const HEROES: Readonly<Record<string, Drawing>> = {
  'hero-everyday': everyday,
  'hero-rain': rain,
  'hero-heat': heat,
  'hero-snow': snow,
  'hero-evening': evening,
};
