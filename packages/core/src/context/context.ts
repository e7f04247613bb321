/** The value of every signal that is not known or not granted: a trained value, never a crash or a silent zero. */
export type Unknown = 'unknown';

export type Season = 'spring' | 'summer' | 'autumn' | 'winter';
export type Daypart = 'morning' | 'midday' | 'afternoon' | 'evening' | 'night';
export type Daylight = 'day' | 'night';
export type WeatherCondition = 'clear' | 'cloud' | 'fog' | 'rain' | 'snow' | 'storm';
export type TemperatureBand = 'freezing' | 'cold' | 'mild' | 'warm' | 'hot';
export type WindBand = 'calm' | 'breezy' | 'windy';

/** The typed snapshot of signals at decision time. `session` and `visit` cross documents and need the purpose
 * `profile`; all else needs `context`. */
export interface Context {
  readonly time: {
    /** Local hour, 0 to 23. */
    readonly hour: number | Unknown;
    /** ISO weekday, 1 Monday to 7 Sunday. */
    readonly weekday: number | Unknown;
    readonly season: Season | Unknown;
    readonly daypart: Daypart | Unknown;
    readonly daylight: Daylight | Unknown;
  };
  readonly device: {
    readonly form: 'phone' | 'tablet' | 'desktop' | Unknown;
    readonly pointer: 'coarse' | 'fine' | Unknown;
    readonly viewport: 'small' | 'medium' | 'large' | Unknown;
    /** Primary language subtag, e.g. `de`. */
    readonly language: string;
    readonly colorScheme: 'light' | 'dark' | Unknown;
    readonly reducedMotion: boolean | Unknown;
    readonly dataSaver: boolean | Unknown;
  };
  readonly geo: {
    /** ISO 3166-1 alpha-2. */
    readonly country: string;
    /** ISO 3166-2 subdivision without the country. */
    readonly region: string;
    /** South-west corner of a 0.25° cell, `lat,lon`, e.g. `52.50,13.25`. */
    readonly cell: string;
    readonly source: 'edge' | 'timezone' | Unknown;
  };
  readonly weather: {
    readonly condition: WeatherCondition | Unknown;
    readonly temperature: TemperatureBand | Unknown;
    readonly wind: WindBand | Unknown;
    readonly daylight: Daylight | Unknown;
  };
  readonly referral: {
    readonly channel: 'direct' | 'search' | 'social' | 'email' | 'campaign' | 'internal' | 'other' | Unknown;
    readonly campaign: string;
  };
  readonly page: {
    readonly type: string;
    readonly item: string;
    /** Share of the document scrolled past, 0 to 1. */
    readonly depth: number | Unknown;
    /** Seconds on this document while visible. */
    readonly dwell: number | Unknown;
  };
  readonly session: {
    /** Pages seen in this visit before this one. */
    readonly pages: number | Unknown;
    /** Items in the cart. */
    readonly cart: number | Unknown;
  };
  readonly visit: { readonly type: 'new' | 'returning' | Unknown };
  /** Declared by the site. */
  readonly custom: Readonly<Record<string, string | number | boolean>>;
}

/** Some signals; what is left out keeps its value, or is unknown. */
export type ContextPatch = { readonly [Area in keyof Context]?: Partial<Context[Area]> };

/** `area.field`, e.g. `weather.condition`. */
export type SignalPath = {
  [Area in keyof Context]: `${Area}.${Extract<keyof Context[Area], string>}`;
}[keyof Context];
