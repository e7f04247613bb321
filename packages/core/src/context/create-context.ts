import { own } from '../own.ts';
import type {
  Context,
  ContextPatch,
  CustomSignals,
  Daylight,
  Daypart,
  SignalPath,
  Unknown,
} from './context.ts';
import { daylightOf } from './daylight.ts';
import { seasonOf } from './season.ts';

const FIELDS = {
  time: ['hour', 'weekday', 'month', 'season', 'daypart', 'daylight'],
  device: ['form', 'pointer', 'viewport', 'language', 'colorScheme', 'reducedMotion', 'dataSaver'],
  geo: ['country', 'region', 'cell', 'source'],
  weather: ['condition', 'temperature', 'wind', 'daylight'],
  referral: ['channel', 'campaign'],
  page: ['type', 'item', 'depth', 'dwell'],
  session: ['pages', 'lastItems', 'cart'],
  visit: ['type'],
  custom: [],
} as const satisfies Record<keyof Context, readonly string[]>;

const AREAS = /* @__PURE__ */ Object.keys(FIELDS) as (keyof Context)[];

/** Builds a context from layers, later ones winning field by field; every field that no layer gives is `unknown`.
 * Daypart and daylight follow from the others where no layer gives them. */
export function createContext<Custom extends CustomSignals = CustomSignals>(
  ...layers: readonly (ContextPatch<Custom> | undefined)[]
): Context<Custom> {
  const areas = AREAS.map((area) => {
    const given = layers.flatMap((layer) => Object.entries(layer?.[area] ?? {}));
    return [
      area,
      // Not assigned field by field: a site may name a signal like a thing that every object has.
      Object.fromEntries([
        ...FIELDS[area].map((field) => [field, 'unknown']),
        ...given.filter(([, value]) => value !== undefined),
      ]),
    ];
  });
  // Every area has each of its fields, so the record has the shape of a Context.
  const context = Object.fromEntries(areas) as Context<Custom>;
  const time = context.time as { -readonly [Field in keyof Context['time']]: Context['time'][Field] };
  if (time.daypart === 'unknown') time.daypart = daypartOf(time.hour);
  if (time.daylight === 'unknown') time.daylight = daylightIn(context);
  return context;
}

/** What the weather service says comes first; else by the latitude of the cell, or by 45° of the hemisphere that the
 * season tells. */
function daylightIn({ time, geo, weather }: Context): Daylight | Unknown {
  const { hour, month, season } = time;
  if (weather.daylight !== 'unknown' || hour === 'unknown' || month === 'unknown') return weather.daylight;
  const hemisphere = season === 'unknown' ? 0 : season === seasonOf(month, false) ? 45 : -45;
  const latitude = Number.parseFloat(geo.cell) || hemisphere;
  return latitude ? daylightOf(hour, month, latitude) : 'unknown';
}

/** The signal's value as text, `unknown` where it is not known, or not granted.
 * @param context whole, or what `grantContext` left of it */
export function readSignal<Part extends ContextPatch>(context: Part, path: SignalPath<Part>): string {
  const [area, field] = path.split('.') as [keyof Context, never];
  // Only what is there by itself: a site may name a signal like a thing that every object has.
  return String(own(context[area], field) ?? 'unknown');
}

/** Whether the text names a field of the context; any name is a field of `custom`. */
export function isSignalPath(path: unknown): path is SignalPath {
  const [area = '', field = '', ...rest] = typeof path === 'string' ? path.split('.') : [];
  if (rest.length > 0 || field === '') return false;
  const fields: readonly string[] = FIELDS[AREAS.find((name) => name === area) ?? 'custom'];
  return area === 'custom' || fields.includes(field);
}

/** Whether anything is known about the moment. */
export function isAnythingKnown(context: Context): boolean {
  return AREAS.some((area) => Object.values(context[area]).some((value) => value !== 'unknown'));
}

function daypartOf(hour: number | Unknown): Daypart | Unknown {
  if (hour === 'unknown') return hour;
  if (hour < 5 || hour >= 22) return 'night';
  if (hour < 11) return 'morning';
  if (hour < 14) return 'midday';
  return hour < 18 ? 'afternoon' : 'evening';
}
