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
  shadow,
  stroke,
} from './shapes.ts';

const daypack: Drawing = () =>
  shadow(200, 276, 96) +
  stroke('M176 70Q176 46 200 46Q224 46 224 70', P.pineDark, 8) +
  mirrored(path('M132 150Q108 170 112 250Q114 264 132 264Z', P.pineDark)) +
  path('M126 130Q126 64 200 64Q274 64 274 130V258Q274 276 256 276H144Q126 276 126 258Z', P.pine) +
  path('M120 124Q120 60 200 60Q280 60 280 124L278 150Q200 168 122 150Z', P.pineLight) +
  path('M144 196Q144 184 156 184H244Q256 184 256 196V252Q256 264 244 264H156Q144 264 144 252Z', P.pineDark) +
  stroke('M150 202H250', P.yellow, 4) +
  mirrored(rect(156, 136, 12, 62, 3, P.wood), rect(153, 168, 18, 14, 3, P.brass)) +
  rect(184, 88, 32, 22, 4, P.cream) +
  path('M190 106L198 94L204 101L207 97L212 106Z', P.pine);

const dryBag: Drawing = () =>
  shadow(200, 280, 84) +
  path('M134 96H266L276 262Q200 292 124 262Z', P.ember) +
  faded(0.14, path('M228 96H266L276 262Q254 272 228 275Z', P.ink)) +
  rect(128, 64, 144, 36, 10, P.emberDark) +
  stroke('M136 76H264M136 88H264', '#8c3a19', 3) +
  mirrored(path('M128 70Q104 74 106 110L120 116L128 98Z', P.ink)) +
  stroke('M112 112Q100 170 126 206', P.ink, 6) +
  stroke('M288 112Q300 170 274 206', P.ink, 6) +
  rect(166, 150, 68, 68, 8, P.cream) +
  stroke('M178 178q11 -10 22 0t22 0M178 196q11 -10 22 0t22 0', P.skyDark, 5);

const beachTote: Drawing = () =>
  shadow(200, 278, 118) +
  mirrored(path('M146 120C144 60 190 48 200 48V62C192 62 160 70 160 120Z', P.woodDark)) +
  path('M178 118Q186 78 206 80Q232 82 226 120Z', P.yellow) +
  path('M88 116H312L290 266Q288 278 276 278H124Q112 278 110 266Z', P.cream) +
  path('M94 154H306L302 182H98Z', P.navy) +
  path('M101 202H299L295 230H105Z', P.navy) +
  faded(0.08, path('M240 116H312L290 266Q288 278 276 278H240Z', P.ink)) +
  stroke('M88 116H312', P.oatDark, 8) +
  mirrored(circle(153, 128, 6, P.brass));

const washBag: Drawing = () =>
  shadow(200, 262, 120) +
  stroke('M200 92Q200 64 214 58Q228 54 226 70', P.brass, 5) +
  rect(92, 98, 216, 160, 26, P.plum) +
  faded(0.14, path('M200 98H282Q308 98 308 124V232Q308 258 282 258H200Z', P.ink)) +
  path('M92 140V124Q92 98 118 98H282Q308 98 308 124V140Z', P.plumDark) +
  stroke('M100 140H300', P.brass, 5) +
  group('translate(276 140)', rect(-6, -2, 12, 22, 4, P.brass)) +
  rect(116, 168, 168, 66, 12, P.plumDark) +
  repeated(3, (index) => stroke(`M132 ${184 + index * 17}H268`, P.plum, 3)) +
  mirrored(path('M92 168Q74 168 74 190Q74 210 92 208Z', P.woodDark));

export const PACKS: Readonly<Record<string, Drawing>> = {
  daypack,
  'dry-bag': dryBag,
  'beach-tote': beachTote,
  'wash-bag': washBag,
};
