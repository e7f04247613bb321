/** A square of 0.25° by 0.25°, about 28 km from north to south: the finest place that Inkling knows. */
export interface GridCell {
  /** South-west corner as `lat,lon` with two decimals, e.g. `52.50,13.25`. */
  readonly id: string;
  /** The centre, in degrees. */
  readonly latitude: number;
  readonly longitude: number;
}

const STEP = 0.25;
const DECIMAL = /^-?\d{1,3}(\.\d+)?$/;

/** The cell that holds a point given in decimal degrees; `undefined` when either is absent, malformed or off the globe. */
export function gridCell(latitude: string | undefined, longitude: string | undefined): GridCell | undefined {
  const south = corner(latitude, 90);
  const west = corner(longitude, 180);
  if (south === undefined || west === undefined) return undefined;
  return {
    id: `${south.toFixed(2)},${west.toFixed(2)}`,
    latitude: south + STEP / 2,
    longitude: west + STEP / 2,
  };
}

function corner(text: string | undefined, limit: number): number | undefined {
  if (text === undefined || !DECIMAL.test(text)) return undefined;
  const degrees = Number(text);
  if (Math.abs(degrees) > limit) return undefined;
  // The pole and the antimeridian belong to the last cell before them.
  return Math.min(Math.floor(degrees / STEP) * STEP, limit - STEP);
}
