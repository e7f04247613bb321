import type { ContextPatch } from '@inkling/core';

/** Something of the moment that can be read, under the purpose `context`. It stores nothing and sends nothing. */
export interface Sensor {
  /** What is known now. @param now epoch ms */
  read(now: number): ContextPatch;
  /** Ends what it listens to; a sensor that only reads has nothing to end. */
  stop?(): void;
}

export interface SensorOptions {
  /** Campaigns that may be known by name, as `utm_campaign` gives them. Any other is unknown. */
  readonly campaigns: readonly string[];
  /** Epoch ms, for what takes time. */
  readonly now: () => number;
}
