import { circle, ellipse, path, rect, type Svg } from './shapes.ts';

const WALL = (wall: string, spot: string): Svg => rect(0, 0, 400, 320, 0, wall) + circle(200, 164, 132, spot);

const TABLE = (wall: string, spot: string, table: string): Svg =>
  rect(0, 0, 400, 320, 0, wall) + circle(200, 150, 124, spot) + rect(0, 250, 400, 70, 0, table);

const HILLS = (sky: string, far: string, near: string, ground: string): Svg =>
  rect(0, 0, 400, 320, 0, sky) +
  path('M0 170Q70 96 150 150Q230 70 320 140Q360 120 400 146V320H0Z', far) +
  path('M0 214Q90 160 190 200Q290 150 400 206V320H0Z', near) +
  rect(0, 244, 400, 76, 0, ground);

const LAWN = (sky: string, spot: string, grass: string, far: string): Svg =>
  rect(0, 0, 400, 320, 0, sky) +
  circle(200, 140, 118, spot) +
  ellipse(310, 280, 240, 70, far) +
  ellipse(130, 320, 330, 84, grass);

/** What stands behind the products of a category: a wall, a table, hills or a lawn, always in the same colours. */
export const STAGES: Readonly<Record<string, () => Svg>> = {
  rainwear: () => WALL('#dce8ed', '#cbdde4'),
  layers: () => WALL('#efe6dc', '#e4d6c6'),
  footwear: () => TABLE('#e7e8de', '#dbddd0', '#c9cbb9'),
  packs: () => TABLE('#dfe8de', '#d0dece', '#bccbb8'),
  camp: () => HILLS('#dcebe9', '#c2d9d1', '#a9c6ba', '#93b2a4'),
  cycle: () => TABLE('#e6e4ee', '#d9d6e5', '#c6c3d4'),
  kitchen: () => TABLE('#f3e4d3', '#ead3bb', '#d8b48e'),
  living: () => TABLE('#eedfd9', '#e4cec6', '#cfb0a5'),
  garden: () => LAWN('#e3eed8', '#d5e6c6', '#b4cf97', '#c3d9a9'),
};
