import {
  type Context,
  type ContextPatch,
  createGate,
  type Decision,
  drawArm,
  isAnythingKnown,
  type Purpose,
  refuse,
  type Slate,
  type SlotSpec,
} from '@inkling/core';
import { afterParsing } from './after-parsing.ts';
import { authoredSlate, decideSlot, type RankOptions, type SlotDecider } from './decide-slot.ts';
import { createDeviceSensors } from './device-sensors.ts';
import { createEmitter } from './emitter.ts';
import type { Inkling } from './inkling.ts';
import type { LoadedPack, PackSource } from './load-pack.ts';
import { createMemory } from './memory.ts';
import type { InklingOptions } from './options.ts';
import { createPageSlates } from './page-slates.ts';
import { mayRead, readContext } from './read-context.ts';
import { readEdgeContext } from './read-edge-context.ts';
import type { Reading } from './remembered.ts';
import { createReporter } from './reporter.ts';
import { openSite } from './site.ts';

/** The browser runtime. Starts loading the pack at once; reads, stores and computes only what consent allows.
 * @throws InklingError E_OPTIONS for a pack of another origin without a key */
export function createInkling(options: InklingOptions): Inkling {
  const { consent, contextBeforeChoice, now = Date.now, campaigns = [] } = options;
  const { publicKeys: keys, randomSeed = seedFromCrypto } = options;
  const url = new URL(options.pack, document.baseURI);
  if (!keys && url.origin !== location.origin) {
    refuse('E_OPTIONS', 'pack', `an address of ${location.origin}`, url);
  }
  const emitter = createEmitter();
  const reporter = createReporter(emitter, now);
  const { report, attempt } = reporter;
  const isRefused = (purpose: Purpose) => consent.get().purposes[purpose] === 'refused';
  const gate = createGate({ consent, report });
  /** Nobody waits for another engine when all has ended. */
  let mayRetry = true;
  const ort: PackSource['ort'] = {
    address: options.ort,
    report,
    retry(engine) {
      if (mayRetry) void site.open({ engine }).then(renew);
      mayRetry = false;
    },
  };
  const site = openSite(
    { url, keys, gate, ort, fetch: options.fetch, subtle: globalThis.crypto?.subtle, now },
    reporter,
  );
  const memory = createMemory({
    ...options,
    gate,
    now,
    randomSeed,
    report,
    reading,
    onWithdrawn() {
      slates.forget();
      isForgotten = isRefused('profile');
    },
  });
  const device = createDeviceSensors({
    campaigns,
    now,
    attempt,
    mayRun: () => !options.sensors && mayRead('device', consent.get(), contextBeforeChoice),
  });
  const edge = options.edgeContext ?? readEdgeContext();
  const pageSeed = randomSeed();
  const changes = new Set<(visitorsAct: boolean) => void>();
  const slates = createPageSlates();
  let override: ContextPatch | undefined;
  /** The visitor took the profile back, and the page still shows what was decided with it. */
  let isForgotten = false;

  const ready = settle();
  const deadline = new Promise<true>((resolve) => afterParsing(options.deadlineMs, () => resolve(true)));
  /** One slot after the other, so that each knows what those before it show. */
  let turn: Promise<unknown> = Promise.resolve();
  const stopConsent = consent.subscribe(renew);

  /** Brings memory and sensors in line with consent, and enters this page. Without the pack nobody knows what is sensitive, so
   * nothing is entered. */
  async function settle(): Promise<void> {
    await Promise.all([site.loading, memory.settle(), device.settle()]);
    await memory.kept?.settlePack(site);
    if (!site.loaded) return;
    override ||= memory.kept?.enterPage(pageItem());
    // Only a visitor of whom something was learnt waits for what learns, or where a policy draws from it. For all others
    // it is loaded behind; it is there long before the first act, and an act that comes before it teaches nothing.
    if (
      memory.kept?.profile?.posterior.mean ||
      slotsOf(site.loaded).some(({ policy }) => policy.type === 'thompson')
    ) {
      await site.learning;
    }
  }

  /** Has the slots decided anew. */
  async function renew(): Promise<void> {
    await settle();
    for (const fn of changes) fn(isForgotten || isRefused('context'));
    isForgotten = false;
  }

  function pageItem(): string {
    return document.body?.dataset.inklingPageItem ?? currentContext().page.item;
  }

  /** The slots as this visitor has them. */
  function slotsOf({ pack, assign }: LoadedPack): readonly SlotSpec[] {
    return assign?.(memory.unit()) ?? pack.slots;
  }

  function reading(): Reading {
    // Of the spec it takes the half-life, where there is one.
    return { ...site.loaded?.pack.spec, ...site };
  }

  function currentContext(): Context {
    return readContext({
      consent: consent.get(),
      beforeChoice: contextBeforeChoice,
      edge,
      sensors: () => options.sensors?.(now()) ?? device.read(),
      profile: memory.kept?.profile,
      override,
    });
  }

  /** Undefined where the page should stay as authored: no pack, no such slot, refused, the visitor wants it so, or nothing
   * known at all. */
  function tryDecide(slot: string, rank: RankOptions): ReturnType<SlotDecider> | undefined {
    const profile = memory.kept?.profile;
    const { loaded, learner } = site;
    if (!loaded || profile?.neutral || isRefused('context')) return undefined;
    const spec = slotsOf(loaded).find(({ id }) => id === slot);
    if (!spec) refuse('E_SLOT', 'slot', 'one of the pack', slot);
    const context = currentContext();
    if (!profile && !isAnythingKnown(context)) return undefined;
    return (rank.decide ?? decideSlot)(
      spec,
      rank,
      {
        // What was withdrawn meanwhile is not decided with.
        isLate: () => rank.late?.() || isRefused('context') || (profile && !memory.kept?.profile),
        loaded,
        adapter: learner,
        context,
        profile,
        arm: edge.arm ?? drawArm(memory.unit(), loaded.pack.experiment.holdout),
        shown: slates.shownBefore(slot),
        seed: `${profile?.visit.seed ?? pageSeed} ${location.pathname}`,
        now: now(),
      },
      decideSlot,
    );
  }

  function noteDecision(decision: Decision): void {
    memory.kept?.note(decision);
    for (const diagnostic of decision.diagnostics) emitter.emit('diagnostic', diagnostic);
  }

  async function rankNow(slot: string, rank: RankOptions): Promise<Slate> {
    let decision: Decision | undefined;
    try {
      let late = rank.late ? rank.late() : await Promise.race([ready, deadline]);
      if (!late || rank.decide) {
        decision = await tryDecide(slot, rank);
        late = !decision && rank.late?.();
      }
      if (late) report('late', 'render', `${slot} stays as it is.`);
    } catch (cause) {
      report('E_SLOT', 'slate', cause);
    }
    const slate = decision?.slate ?? authoredSlate(slot, rank);
    slates.record(slate, decision);
    if (decision) noteDecision(decision);
    emitter.emit('decision', slate);
    return slate;
  }

  return {
    ready,
    rank(slot, rank = {}) {
      const slate = turn.then(() => rankNow(slot, rank));
      // What fails in one slot fails in no other.
      turn = slate.catch(() => {});
      return slate;
    },
    track(partial) {
      const event = { at: now(), ...partial };
      const decision = slates.decisionIn(event.slot);
      // What happened before the profile could be read waits for it.
      void ready.then(() => memory.kept?.track(event, decision));
    },
    expose(slate) {
      memory.kept?.expose(slate, slates.decisionOf(slate));
      emitter.emit('exposure', slate);
    },
    async explain(slate, item) {
      const decision = slates.decisionOf(slate);
      const explanation = await attempt('explain', async () => {
        if (!decision) return undefined;
        const { explain } = await import('@inkling/core/explain');
        return explain(decision, item, { sensitive: site.sensitive });
      });
      return explanation ?? { item, reasons: [], contributions: [] };
    },
    enterPage() {
      slates.turnPage();
      memory.kept?.turnPage(pageItem());
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
      export: async () => memory.kept?.exportFile(),
      async import(file) {
        const { importProfile } = await import('@inkling/core/profile-file');
        memory.kept?.replace(importProfile(file, now()));
      },
      unlearn: () => memory.kept?.unlearn(),
      erase: memory.eraseProfile,
    },
    consent,
    gate,
    slates: slates.all,
    item: site.item,
    pack: () => site.loaded?.pack,
    on: emitter.on,
    report: (diagnostic) => emitter.emit('diagnostic', diagnostic),
    onChange(fn) {
      changes.add(fn);
      return () => changes.delete(fn);
    },
    destroy() {
      mayRetry = false;
      stopConsent();
      device.stop();
      memory.kept?.stop();
      changes.clear();
    },
  };
}

function seedFromCrypto(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}
