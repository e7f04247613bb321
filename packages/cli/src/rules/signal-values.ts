import type { Context } from '@inkling/core';

type Values = {
  readonly [Area in keyof Context]?: {
    readonly [Field in keyof Context[Area]]?: readonly Exclude<Context[Area][Field], 'unknown'>[];
  };
};

const VALUES = {
  time: {
    season: ['spring', 'summer', 'autumn', 'winter'],
    daypart: ['morning', 'midday', 'afternoon', 'evening', 'night'],
    daylight: ['day', 'night'],
  },
  device: {
    form: ['phone', 'tablet', 'desktop'],
    pointer: ['coarse', 'fine'],
    viewport: ['small', 'medium', 'large'],
    colorScheme: ['light', 'dark'],
    reducedMotion: [true, false],
    dataSaver: [true, false],
  },
  geo: { source: ['edge', 'timezone'] },
  weather: {
    condition: ['clear', 'cloud', 'fog', 'rain', 'snow', 'storm'],
    temperature: ['freezing', 'cold', 'mild', 'warm', 'hot'],
    wind: ['calm', 'breezy', 'windy'],
    daylight: ['day', 'night'],
  },
  referral: { channel: ['direct', 'search', 'social', 'email', 'campaign', 'internal', 'other'] },
  visit: { type: ['new', 'returning'] },
} as const satisfies Values;

/** The words a signal may have; undefined where any may come. */
export function valuesOf(signal: string): readonly string[] | undefined {
  const [area = '', field = ''] = signal.split('.');
  const areas: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>> = VALUES;
  return Object.hasOwn(areas, area) ? areas[area]?.[field]?.map(String) : undefined;
}

/** Whole numbers from the first to the last; both ranges run in a circle, as the clock and the calendar do. */
interface Cycle {
  readonly first: number;
  readonly last: number;
  /** Of the first, the second and so on. */
  readonly names: readonly string[];
}

const CYCLES: Readonly<Record<string, Cycle>> = {
  'time.hour': { first: 0, last: 23, names: [] },
  'time.weekday': {
    first: 1,
    last: 7,
    names: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
  },
  'time.month': {
    first: 1,
    last: 12,
    names: [
      'january',
      'february',
      'march',
      'april',
      'may',
      'june',
      'july',
      'august',
      'september',
      'october',
      'november',
      'december',
    ],
  },
};

export function cycleOf(signal: string): Cycle | undefined {
  return Object.hasOwn(CYCLES, signal) ? CYCLES[signal] : undefined;
}
