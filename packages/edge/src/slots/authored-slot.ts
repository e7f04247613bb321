/** A slot as its author wrote it, by places in the page's text. */
export interface AuthoredSlot {
  readonly id: string;
  readonly kind: string;
  /** How many places it has, where its author says so. */
  readonly k: number | undefined;
  /** After the name of its start tag, where an attribute can stand. */
  readonly nameEnd: number;
  readonly children: readonly AuthoredChild[];
  /** After its end tag. */
  readonly end: number;
}

/** An element directly in a slot. */
export interface AuthoredChild {
  /** From `data-inkling-item`. */
  readonly item: string | undefined;
  /** From `data-inkling-variant`. */
  readonly variant: string | undefined;
  readonly start: number;
  readonly end: number;
  /** The first element in it. */
  readonly first: Extent | undefined;
}

/** Where an element stands. */
export interface Extent {
  readonly start: number;
  /** After the name of its start tag, where an attribute can stand. */
  readonly nameEnd: number;
  readonly end: number;
}
