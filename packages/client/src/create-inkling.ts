import {
  type ConsentSource,
  type Context,
  type ContextPatch,
  createGate,
  type Decision,
  type Diagnostic,
  drawArm,
  type Gate,
  type InklingError,
  type InklingEvent,
  type Item,
  isAnythingKnown,
  type Pack,
  type Profile,
  type Purpose,
  refuse,
  type Slate,
  type SlotSpec,
} from '@inkling/core';
import type { Learner } from '@inkling/core/adapt';
import type { Explanation } from '@inkling/core/explain';
import { authoredSlate, decideSlot, type RankOptions } from './decide-slot.ts';
import { createEmitter, type Emitter } from './emitter.ts';
import { type LoadedPack, loadPack } from './load-pack.ts';
import { createMemory } from './memory.ts';
import type { InklingOptions } from './options.ts';
import { createPageSlates } from './page-slates.ts';
import { readContext } from './read-context.ts';
import { readEdgeContext } from './read-edge-context.ts';
import { readSensors } from './read-sensors.ts';
import type { Reading } from './remembered.ts';

export interface Inkling {
  /** Resolves when the pack is there or has been given up. Never rejects. */
  readonly ready: Promise<void>;
  /** Orders items for a slot of the pack. Always resolves: at worst with the authored order, and a diagnostic. */
  rank(slot: string, options?: RankOptions): Promise<Slate>;
  /** Enters what the visitor did into the profile on this device, while `profile` is granted. Nothing is sent.
   * @param event without `at`, it happened now */
  track(event: Omit<InklingEvent, 'at'> & { readonly at?: number }): void;
  /** Notes that the visitor saw a slate. */
  expose(slate: Slate): void;
  /** Why an item stands in a slate of this page. Loads its code when first called. */
  explain(slate: Slate, item: string): Promise<Explanation>;
  /** What is behind a slate of this page, for tools: `recordOf` of `@inkling/core` and `whyNot`, `whatIf` and
   * `smallestChange` of `@inkling/core/explain` take it. Undefined where the page stays as authored. */
  decision(slate: Slate): Decision | undefined;
  readonly context: {
    get(): Context;
    /** For tools, and for what the visitor switched off: lays these values over what is known, until called again;
     * nothing takes them away. The slots of the page are decided anew. */
    override(patch?: ContextPatch): void;
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
  item(id: string): Item | undefined;
  /** What the site ships; undefined until it is there. */
  pack(): Pack | undefined;
  readonly on: Emitter['on'];
  /** Adds to the diagnostics, e.g. what a consent manager has to say. */
  report(diagnostic: Diagnostic): void;
  /** Calls `fn` when the slots should be decided anew; `visitorsAct` says that the change may show at once, because
   * the visitor asked for it: an override, or a refusal. Returns the disposer. */
  onChange(fn: (visitorsAct: boolean) => void): () => void;
  destroy(): void;
}

/** The browser runtime. Starts loading the pack at once; reads, stores and computes only what consent allows.
 * @throws InklingError E_OPTIONS for a pack of another origin without a key */
export function createInkling(options: InklingOptions): Inkling {
  const { consent, contextBeforeChoice, now = Date.now, sensors = readSensors } = options;
  const { publicKeys: keys, randomSeed = seedFromCrypto } = options;
  const url = new URL(options.pack, document.baseURI);
  if (!keys && url.origin !== location.origin) {
    refuse('E_OPTIONS', 'pack', `an address of ${location.origin}`, url);
  }
  const emitter = createEmitter();
  const report = (code: string, stage: string, cause: unknown) => {
    // By name: a chunk brings a class of its own.
    const { name, message = String(cause), code: own }: Partial<InklingError> = Object(cause);
    emitter.emit('diagnostic', {
      code: (name === 'InklingError' && own) || code,
      stage,
      message,
      at: now(),
      cause,
    });
  };
  const isRefused = (purpose: Purpose) => consent.get().purposes[purpose] === 'refused';
  const gate = createGate({ consent, report });
  let loaded: LoadedPack | undefined;
  let learning: Promise<void> | undefined;
  let learner: Learner | undefined;
  let sensitive: ReadonlySet<string> = new Set();
  const loading = load();
  const memory = createMemory({
    ...options,
    gate,
    now,
    randomSeed,
    report,
    onWithdrawn() {
      slates.forget();
      isForgotten = isRefused('profile');
    },
  });
  const edge = options.edgeContext ?? readEdgeContext(document);
  const pageSeed = randomSeed();
  const changes = new Set<(visitorsAct: boolean) => void>();
  const slates = createPageSlates();
  let override: ContextPatch | undefined;
  /** The visitor took the profile back, and the page still shows what was decided with it. */
  let isForgotten = false;

  const ready = settle();
  const stopConsent = consent.subscribe(async () => {
    await settle();
    for (const fn of changes) fn(isForgotten || isRefused('context'));
    isForgotten = false;
  });

  async function load(): Promise<void> {
    try {
      loaded = await loadPack({
        url,
        keys,
        gate,
        fetch: options.fetch,
        subtle: globalThis.crypto?.subtle,
        now,
      });
      if (!keys) report('unsigned', 'pack', 'The pack is not signed.');
      const { pack, means } = loaded;
      const { adapt: spec } = pack;
      sensitive = new Set(pack.sensitive);
      learning = attempt('learn', async () => {
        if (spec)
          learner = (await import('@inkling/core/adapt')).createLearner({ ...means, spec, sensitive });
      });
    } catch (cause) {
      report('E_PACK_FORMAT', 'pack', cause);
    }
  }

  /** What needs code that is loaded for it; undefined, and a diagnostic, where that fails. */
  async function attempt<T>(stage: string, run: () => Promise<T>): Promise<T | undefined> {
    try {
      return await run();
    } catch (cause) {
      report(`${stage}_failed`, stage, cause);
      return undefined;
    }
  }

  const find = (id = '') => loaded?.items.get(id);

  /** Brings memory in line with consent, and enters this page. Without the pack nobody knows what is sensitive, so
   * nothing is entered. */
  async function settle(): Promise<void> {
    await Promise.all([loading, memory.settle()]);
    if (!loaded) return;
    override ||= memory.kept?.enterPage(document.body?.dataset.inklingPageItem, reading());
    // Only a visitor of whom something was learnt waits for what learns, or where a policy draws from it. For all others
    // it is loaded behind; it is there long before the first act, and an act that comes before it teaches nothing.
    if (
      memory.kept?.profile?.posterior.mean ||
      slotsOf(loaded).some(({ policy }) => policy.type === 'thompson')
    ) {
      await learning;
    }
  }

  /** The slots as this visitor has them. */
  function slotsOf({ pack, assign }: LoadedPack): readonly SlotSpec[] {
    return assign?.(memory.unit()) ?? pack.slots;
  }

  function reading(): Reading {
    // Of the spec it takes the half-life, where there is one.
    return { ...loaded?.pack.spec, item: find, sensitive, learner };
  }

  function currentContext(): Context {
    return readContext({
      consent: consent.get(),
      beforeChoice: contextBeforeChoice,
      edge,
      sensors: () => sensors(now()),
      profile: memory.kept?.profile,
      override,
    });
  }

  /** Undefined where the page should stay as authored: no pack, no such slot, refused, the visitor wants it so, or nothing
   * known at all. */
  function tryDecide(slot: string, rank: RankOptions): Decision | undefined {
    const profile = memory.kept?.profile;
    if (!loaded || profile?.neutral || isRefused('context')) return undefined;
    const spec = slotsOf(loaded).find(({ id }) => id === slot);
    if (!spec) refuse('E_SLOT', 'slot', 'one of the pack', slot);
    const context = currentContext();
    if (!profile && !isAnythingKnown(context)) return undefined;
    return decideSlot(spec, rank, {
      loaded,
      adapter: learner,
      context,
      profile,
      arm: drawArm(memory.unit(), loaded.pack.experiment.holdout),
      shown: slates.shownBefore(slot),
      seed: `${profile?.visit.seed ?? pageSeed} ${location.pathname}`,
      now: now(),
    });
  }

  function noteDecision(decision: Decision): void {
    memory.kept?.note(decision);
    for (const diagnostic of decision.diagnostics) emitter.emit('diagnostic', diagnostic);
  }

  return {
    ready,
    async rank(slot, rank = {}) {
      await ready;
      let decision: Decision | undefined;
      try {
        if (rank.late) report('late', 'render', `${slot} had been seen.`);
        else decision = tryDecide(slot, rank);
      } catch (cause) {
        report('E_SLOT', 'slate', cause);
      }
      const slate = decision?.slate ?? authoredSlate(slot, rank);
      slates.record(slate, decision);
      if (decision) noteDecision(decision);
      emitter.emit('decision', slate);
      return slate;
    },
    track(partial) {
      const event = { at: now(), ...partial };
      const decision = slates.decisionIn(event.slot);
      // What happened before the profile could be read waits for it.
      void ready.then(() => memory.kept?.track(event, decision, reading()));
    },
    expose(slate) {
      memory.kept?.expose(slate, slates.decisionOf(slate), reading());
      emitter.emit('exposure', slate);
    },
    async explain(slate, item) {
      const decision = slates.decisionOf(slate);
      const explanation = await attempt('explain', async () => {
        if (!decision) return undefined;
        const { explain } = await import('@inkling/core/explain');
        return explain(decision, item, { sensitive });
      });
      return explanation ?? { item, reasons: [], contributions: [] };
    },
    decision: slates.decisionOf,
    context: {
      get: currentContext,
      override(patch) {
        override = patch;
        for (const fn of changes) fn(true);
      },
    },
    profile: {
      get: () => memory.kept?.profile,
      async export() {
        const { exportProfile } = await profileFile();
        const profile = memory.kept?.profile;
        return profile && exportProfile(profile, now(), loaded?.pack.spec.halfLifeDays);
      },
      async import(file) {
        const { importProfile } = await profileFile();
        memory.kept?.replace(importProfile(file, now()), reading());
      },
      unlearn: () => memory.kept?.unlearn(),
      erase: memory.eraseProfile,
    },
    consent,
    gate,
    slates: slates.all,
    item: find,
    pack: () => loaded?.pack,
    on: emitter.on,
    report: (diagnostic) => emitter.emit('diagnostic', diagnostic),
    onChange(fn) {
      changes.add(fn);
      return () => changes.delete(fn);
    },
    destroy() {
      stopConsent();
      changes.clear();
    },
  };
}

const profileFile = () => import('@inkling/core/profile-file');

function seedFromCrypto(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}
