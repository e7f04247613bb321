import type {
  Context,
  ContextPatch,
  Decision,
  InklingEvent,
  Item,
  Pack,
  Profile,
  Slate,
} from '@inkling/core';

/** What the privacy elements use of the page's Inkling; `createInkling` of `@inkling/client` gives all of it. */
export interface PrivacyPage {
  pack(): Pack | undefined;
  item(id: string): Item | undefined;
  slates(): readonly Slate[];
  decision(slate: Slate): Decision | undefined;
  explain(
    slate: Slate,
    item: string,
  ): Promise<{ readonly reasons: readonly { readonly group: string; readonly sentence: string }[] }>;
  track(event: Pick<InklingEvent, 'type' | 'item' | 'slot'>): void;
  on(type: 'decision', fn: () => void): () => void;
  readonly context: { get(): Context; override(patch?: ContextPatch): void };
  readonly profile: {
    get(): Profile | undefined;
    export(): Promise<string | undefined>;
    import(file: string): Promise<void>;
    erase(): Promise<void>;
  };
  /** The visitor's copies of consent records, where somebody keeps them. */
  receipts?(): Promise<readonly Receipt[]>;
}

/** One of the visitor's copies of a consent record. */
export interface Receipt {
  /** Epoch ms, coarse. */
  readonly at: number;
  /** The record itself, to be downloaded as a file. */
  readonly file: string;
  /** Deletes the record. @default it cannot be deleted */
  readonly delete?: () => Promise<void>;
}
