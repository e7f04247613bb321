import type {
  ConsentSource,
  Context,
  ContextPatch,
  CustomSignals,
  Decision,
  Diagnostic,
  Gate,
  InklingEvent,
  Item,
  Pack,
  Profile,
  Slate,
} from '@inkling/core';
import type { Explanation } from '@inkling/core/explain';
import type { RankOptions } from './decide-slot.ts';
import type { Emitter } from './emitter.ts';

/** What the visitor did; without `at`, it happened now. */
export interface Act extends Omit<InklingEvent, 'at' | 'tags'> {
  readonly at?: number;
  /** Of a `search`: what the visitor typed. It is compared with the catalog on this device and forgotten; what is
   * entered are tags of the catalog. */
  readonly terms?: string;
}

/** The browser runtime, as a page or a tool uses it.
 * @typeParam Custom signals of the site's own, by name. @typeParam Own items as the site knows them */
export interface Inkling<Custom extends CustomSignals = CustomSignals, Own extends Item = Item> {
  /** Resolves when the pack is there or has been given up. Never rejects. */
  readonly ready: Promise<void>;
  /** Orders items for a slot of the pack. Always resolves: at worst with the authored order, and a diagnostic; with the
   * diagnostic `late` where the pack is not there by the deadline. */
  rank(slot: string, options?: RankOptions<Own>): Promise<Slate>;
  /** Enters what the visitor did into the profile on this device, while `profile` is granted. Nothing is sent. */
  track(act: Act): void;
  /** Begins another page of the same document, as single-page sites show them: it is counted, and what other slots showed
   * before stands in no way any more. `mountSlots` calls it. */
  enterPage(): void;
  /** Notes that the visitor saw a slate. */
  expose(slate: Slate): void;
  /** Why an item stands in a slate of this page. Loads its code when first called. */
  explain(slate: Slate, item: string): Promise<Explanation>;
  /** What is behind a slate of this page, for tools: `recordOf` of `@inkling/core` and `whyNot`, `whatIf` and
   * `smallestChange` of `@inkling/core/explain` take it. Undefined where the page stays as authored. */
  decision(slate: Slate): Decision | undefined;
  readonly context: {
    get(): Context<Custom>;
    /** For tools, and for what the visitor switched off: lays these values over what is known, until called again;
     * nothing takes them away. The slots of the page are decided anew. */
    override(patch?: ContextPatch<Custom>): void;
  };
  readonly profile: {
    /** What is remembered, or undefined while nothing may be. */
    get(): Profile | undefined;
    /** The same as a file that the visitor can read and keep: JSON with a sentence for what numbers say badly. */
    export(): Promise<string | undefined>;
    /** Puts a file that `export` gave in the place of what is remembered, all or nothing; while nothing may be
     * remembered it only checks the file. Rejects with InklingError E_PROFILE naming the place that is not right. */
    import(file: string): Promise<void>;
    /** Forgets what was learnt from choices, and nothing else: scores are the ranker's own again. */
    unlearn(): void;
    erase(): Promise<void>;
  };
  readonly consent: ConsentSource;
  /** The way to all that this package keeps or sends; its `counts` tell what went through and what was refused. */
  readonly gate: Gate;
  /** The latest slate of every slot decided on this page. */
  slates(): readonly Slate[];
  /** What the pack's catalog says of an item. */
  item(id: string): Own | undefined;
  /** What the site ships; undefined until it is there. */
  pack(): Pack | undefined;
  readonly on: Emitter['on'];
  /** Adds to the diagnostics, e.g. what a consent manager has to say. */
  report(diagnostic: Diagnostic): void;
  /** Calls `fn` when the slots should be decided anew; `visitorsAct` says that the change may show at once, because
   * the visitor asked for it: an override, or a refusal. Returns the disposer. */
  onChange(fn: (visitorsAct: boolean) => void): () => void;
  /** Ends everything: nothing is listened to, read or decided any more. The page stays as it is, and so does an element
   * of the consent manager that is open. */
  destroy(): void;
}
