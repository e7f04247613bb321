/** The value of every signal that is not known or not granted: a trained value, never a crash or a silent zero. */
export type Unknown = 'unknown';

export type Season = 'spring' | 'summer' | 'autumn' | 'winter';
export type Daypart = 'morning' | 'midday' | 'afternoon' | 'evening' | 'night';
export type Daylight = 'day' | 'night';
export type WeatherCondition = 'clear' | 'cloud' | 'fog' | 'rain' | 'snow' | 'storm';
export type TemperatureBand = 'freezing' | 'cold' | 'mild' | 'warm' | 'hot';
export type WindBand = 'calm' | 'breezy' | 'windy';

/** Signals that a site declares for itself, by name. */
export type CustomSignals = Readonly<Record<string, string | number | boolean>>;

/** The typed snapshot of signals at decision time. `session` and `visit` cross documents and need the purpose
 * `profile`; all else needs `context`: `AreaPurposes` says so in types, `purposeOf` at runtime. */
export interface Context<Custom extends CustomSignals = CustomSignals> {
  readonly time: {
    /** Local hour, 0 to 23. */
    readonly hour: number | Unknown;
    /** ISO weekday, 1 Monday to 7 Sunday. */
    readonly weekday: number | Unknown;
    /** 1 January to 12 December. */
    readonly month: number | Unknown;
    /** By whole months: March to May is spring in the north. */
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
    /** As the weather service says; `time.daylight` follows it. */
    readonly daylight: Daylight | Unknown;
  };
  readonly referral: {
    readonly channel: 'direct' | 'search' | 'social' | 'email' | 'campaign' | 'internal' | 'other' | Unknown;
    /** One of those that the site allows by name; any other is unknown. */
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
    /** Pages seen in this visit before this one: how deep the visitor went. */
    readonly pages: number | Unknown;
    /** Ids of the items touched last in this visit, newest first, at most 3. */
    readonly lastItems: readonly string[] | Unknown;
    /** Items in the cart. */
    readonly cart: number | Unknown;
  };
  readonly visit: { readonly type: 'new' | 'returning' | Unknown };
  /** Declared by the site; what is not given is unknown. */
  readonly custom: Readonly<Partial<Custom>>;
}

/** The purpose that must be granted before a signal of an area may be read. */
export interface AreaPurposes {
  readonly time: 'context';
  readonly device: 'context';
  readonly geo: 'context';
  readonly weather: 'context';
  readonly referral: 'context';
  readonly page: 'context';
  readonly session: 'profile';
  readonly visit: 'profile';
  readonly custom: 'context';
}

export type SignalPurpose = AreaPurposes[keyof AreaPurposes];

/** The areas that may be read under the granted purposes, and no others: where the grant is known to the compiler,
 * reading another signal is a type error. */
export type GrantedContext<
  Granted extends SignalPurpose,
  Custom extends CustomSignals = CustomSignals,
> = Pick<
  Context<Custom>,
  { [Area in keyof AreaPurposes]: AreaPurposes[Area] extends Granted ? Area : never }[keyof AreaPurposes]
>;

/** Some signals; what is left out keeps its value, or is unknown. */
export type ContextPatch<Custom extends CustomSignals = CustomSignals> = {
  readonly [Area in keyof Context]?: Partial<Context<Custom>[Area]>;
};

/** `area.field` of a context or a part of one, e.g. `weather.condition`. */
export type SignalPath<Part = Context> = {
  [Area in Extract<keyof Part, keyof Context>]-?: `${Area}.${Extract<keyof NonNullable<Part[Area]>, string>}`;
}[Extract<keyof Part, keyof Context>];
