/** One thing a page did that concerns the visitor's privacy. */
export interface Observation {
  readonly kind: 'store' | 'request' | 'read';
  /** The interface used, in the report's words: `localStorage`, `canvas`, `fetch`. */
  readonly api: string;
  /** Key, address or property. */
  readonly what: string;
  /** Stored, or sent in address query and body. */
  readonly bytes: number;
  readonly method?: string;
  /** What a request carried; undefined where there was nothing. */
  readonly body?: string;
  /** The script that did it, where the page could tell. */
  readonly by?: string;
}

/** An observation with its place in the audit. */
export interface TimedObservation extends Observation {
  /** Milliseconds from the start of the flow. */
  readonly at: number;
  readonly tab: number;
  /** For which purpose it may be; undefined where nobody declared it. */
  readonly purpose: string | undefined;
}

/** Something that stays in the browser when a step is over. */
export interface Kept {
  readonly api: string;
  readonly name: string;
  readonly bytes: number;
  readonly purpose: string | undefined;
}

export interface Breach {
  /** Stable name, such as `store-undeclared`. */
  readonly code: string;
  /** Number of the MUST item it breaks. */
  readonly must: number;
  readonly flow: string;
  readonly step: string;
  readonly message: string;
}

/** Something seen that speaks for an item. */
export interface Evidence {
  readonly must: number;
  readonly says: string;
  /** Set where it says that the item has nothing to bear on. */
  readonly isAbsence?: true;
}

export interface Step {
  readonly name: string;
  /** Purposes that may act in this step; `necessary` stands for the choice itself. */
  readonly granted: readonly string[];
  readonly observations: readonly TimedObservation[];
  readonly kept: readonly Kept[];
  /** JPEG in base64; empty where none was wanted. */
  readonly screenshot: string;
}

export interface Flow {
  readonly name: string;
  readonly question: string;
  readonly steps: readonly Step[];
  /** What was seen that speaks for an item, by its number. */
  readonly evidence: readonly Evidence[];
  readonly breaches: readonly Breach[];
}
