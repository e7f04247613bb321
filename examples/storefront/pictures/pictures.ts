import { CAMP } from './camp.ts';
import { CYCLE } from './cycle.ts';
import { FOOTWEAR } from './footwear.ts';
import { GARDEN } from './garden.ts';
import { HEROES } from './heroes.ts';
import { KITCHEN } from './kitchen.ts';
import { LAYERS } from './layers.ts';
import { LIVING } from './living.ts';
import { PACKS } from './packs.ts';
import { RAINWEAR } from './rainwear.ts';
import type { Drawing, Svg } from './shapes.ts';
import { STAGES } from './stages.ts';

const PRODUCTS: Readonly<Record<string, Readonly<Record<string, Drawing>>>> = {
  rainwear: RAINWEAR,
  layers: LAYERS,
  footwear: FOOTWEAR,
  packs: PACKS,
  camp: CAMP,
  cycle: CYCLE,
  kitchen: KITCHEN,
  living: LIVING,
  garden: GARDEN,
};

const frame = (width: number, height: number, content: Svg): Svg =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${content}</svg>\n`;

/** Every picture of the shop by item id: products at 400 × 320, heroes at 1600 × 640. */
export function drawPictures(): ReadonlyMap<string, Svg> {
  const pictures = new Map<string, Svg>();
  for (const [category, drawings] of Object.entries(PRODUCTS)) {
    const stage = STAGES[category]?.() ?? '';
    for (const [id, draw] of Object.entries(drawings)) pictures.set(id, frame(400, 320, stage + draw()));
  }
  for (const [id, draw] of Object.entries(HEROES)) pictures.set(id, frame(1600, 640, draw()));
  return pictures;
}
