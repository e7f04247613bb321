import {
  type Arm,
  type ContextPatch,
  createContext,
  readSignal,
  type SharedSignal,
  type SharedSpec,
} from '@inkling/core';

declare const made: unique symbol;

/** All that a shared page may depend on beside its address and its pack: a few declared values and an arm, and nothing
 * finer. Only `sharedKey` makes one, so that nothing else of a visitor can get into a page that others get. */
export interface SharedKey {
  readonly arm: Arm;
  readonly values: Readonly<Partial<Record<SharedSignal, string>>>;
  readonly [made]: true;
}

/** The key of a visitor's page.
 * @param context What the edge knows of the moment. */
export function sharedKey(spec: SharedSpec, context: ContextPatch, arm: Arm): SharedKey {
  const whole = createContext(context);
  const values = spec.signals.map((signal) => {
    const value = readSignal(whole, signal);
    return [signal, signal === 'geo.country' ? groupOf(spec, value) : value];
  });
  // The symbol is of the type alone.
  return { arm, values: Object.fromEntries(values) } as SharedKey;
}

/** A group goes by its first country. */
function groupOf({ countries = [] }: SharedSpec, country: string): string {
  return countries.find((group) => group.includes(country))?.[0] ?? 'unknown';
}

/** The key as text: another for every other key of the same spec. */
export function keyText({ arm, values }: SharedKey): string {
  return [...Object.values(values), arm].join(' ');
}

/** The moment as far as the key tells it. */
export function contextOfKey({ values }: SharedKey): ContextPatch {
  const context: Record<string, Record<string, string>> = {};
  for (const [signal, value] of Object.entries(values)) {
    const [area = '', field = ''] = signal.split('.');
    if (value !== 'unknown') context[area] = { ...context[area], [field]: value };
  }
  // Each value was read from a field of a context.
  return { ...context, ...(context.geo && { geo: { ...context.geo, source: 'edge' } }) } as ContextPatch;
}
