import type { ConsentState, Purpose } from '../purpose.ts';
import type { Context, ContextPatch, Daypart, SignalPath, Unknown } from './context.ts';

const FIELDS = {
  time: ['hour', 'weekday', 'season', 'daypart', 'daylight'],
  device: ['form', 'pointer', 'viewport', 'language', 'colorScheme', 'reducedMotion', 'dataSaver'],
  geo: ['country', 'region', 'cell', 'source'],
  weather: ['condition', 'temperature', 'wind', 'daylight'],
  referral: ['channel', 'campaign'],
  page: ['type', 'item', 'depth', 'dwell'],
  session: ['pages', 'cart'],
  visit: ['type'],
  custom: [],
} as const satisfies Record<keyof Context, readonly string[]>;

const AREAS = Object.keys(FIELDS) as (keyof Context)[];

/** Builds a context from layers, later ones winning field by field; every field that no layer gives is `unknown`.
 * The daypart follows the hour unless a layer gives it. */
export function createContext(...layers: readonly (ContextPatch | undefined)[]): Context {
  const context: Record<string, Record<string, unknown>> = {};
  for (const area of AREAS) {
    const fields: Record<string, unknown> = {};
    for (const field of FIELDS[area]) fields[field] = 'unknown';
    for (const layer of layers) {
      for (const [field, value] of Object.entries(layer?.[area] ?? {})) {
        if (value !== undefined) fields[field] = value;
      }
    }
    context[area] = fields;
  }
  const time = context.time as { hour: number | Unknown; daypart: Daypart | Unknown };
  if (time.daypart === 'unknown') time.daypart = daypartOf(time.hour);
  // The loop gave every area each of its fields, so the record has the shape of a Context.
  return context as unknown as Context;
}

/** The purpose that must be granted before a signal of this area may be read. */
export function purposeOf(area: keyof Context): Purpose {
  return area === 'session' || area === 'visit' ? 'profile' : 'context';
}

/** Drops from a layer the areas whose purpose is refused, and those that need `profile` while it is not granted. */
export function gateContext(layer: ContextPatch, { purposes }: ConsentState): ContextPatch {
  return Object.fromEntries(
    Object.entries(layer).filter(([area]) => {
      const purpose = purposeOf(area as keyof Context);
      return purpose === 'context' ? purposes.context !== 'refused' : purposes[purpose] === 'granted';
    }),
  );
}

/** The signal's value as text, `unknown` where it is not known. */
export function readSignal(context: Context, path: SignalPath): string {
  const [area, field] = path.split('.') as [keyof Context, string];
  const value = (context[area] as Readonly<Record<string, unknown>>)[field];
  return value === undefined ? 'unknown' : String(value);
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
