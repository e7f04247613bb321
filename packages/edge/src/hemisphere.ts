export type Hemisphere = 'north' | 'south';

const SOUTHERN = new Set(
  (
    'AO AR AS AU BI BO BR BW CC CK CL CX FJ FK GS KM LS MG MU MW MZ NA NC NF NR NU NZ PE PF PG PN PY RE RW SB ' +
    'SC SH SZ TF TK TL TO TV TZ UY VU WF WS YT ZA ZM ZW'
  ).split(' '),
);

/** Countries with many people on both sides of the equator: the country alone does not tell the season. */
const STRADDLING = new Set('CD CG EC GA ID KE KI SO ST UG UM'.split(' '));

/** By latitude in degrees where it is known, else by country or continent where that lies on one side. */
export function hemisphere(
  latitude: number | undefined,
  country: string | undefined,
  continent?: string,
): Hemisphere | undefined {
  if (latitude !== undefined) return latitude < 0 ? 'south' : 'north';
  if (country === undefined && (continent === 'EU' || continent === 'NA')) return 'north';
  if (country === undefined) return continent === 'AN' ? 'south' : undefined;
  if (STRADDLING.has(country)) return undefined;
  return SOUTHERN.has(country) ? 'south' : 'north';
}
