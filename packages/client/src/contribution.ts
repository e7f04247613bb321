import type { Decision, Gate, InklingEvent, Pack } from '@inkling/core';
import type { DeviceStore } from './device-store.ts';

/** What becomes of what a visitor sees and does besides the profile. */
export interface Contribution {
  expose(decision: Decision | undefined): void;
  /** @param decision of the slot that the event names */
  track(event: InklingEvent, decision: Decision | undefined): void;
  /** Listens to nothing any more. */
  stop?(): void;
}

/** What one is opened with. */
export interface ContributionOptions {
  readonly pack: Pack;
  /** Where it goes. */
  readonly url: URL;
  readonly gate: Gate;
  readonly store: DeviceStore;
  /** What this visitor's arms are drawn from. */
  readonly unit: string;
  /** Of the grant. */
  readonly signal: AbortSignal;
  /** When it was opened; what was decided before does not count. Epoch ms. */
  readonly since: number;
  readonly now: () => number;
  /** @default the global one */
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly report: (code: string, stage: string, cause: unknown) => void;
}
