import type { Item, SlotSpec } from '@inkling/core';
import type { PackSettings } from '@inkling/core/pack-schema';
import type { Rule } from '../rules/rule.ts';

/** The source of a pack for one kind of site: invented things, so that there is something to change. */
export interface Template {
  readonly catalog: readonly Item[];
  readonly slots: readonly SlotSpec[];
  readonly settings: PackSettings;
  readonly rules: readonly Rule[];
  /** For the model card. */
  readonly summary: string;
  /** Texts of the consent element that say what this site does. */
  readonly consent: Readonly<Record<string, string>>;
}
