import { refuse } from '@inkling/core';

/** What the site's operator has released, as the release record says. */
export interface Release {
  /** Every request goes to the origin as if Inkling were not there. */
  readonly off: boolean;
  /** Names the pack that visitors get: the folder of its pack.json. @default that of no folder */
  readonly stable?: string | undefined;
  /** Names the pack that a share of the pages is decided by instead. */
  readonly canary?: string | undefined;
  /** From 0 to 1. */
  readonly share: number;
}

/** Where there is no record. */
export const UNRELEASED: Release = { off: false, share: 0 };

/** One part of an address: it cannot lead out of the pack's folder. */
const VERSION = /^\w[\w.-]{0,63}$/;

/** Whether it may name a version. */
export function isVersion(value: unknown): value is string {
  return typeof value === 'string' && VERSION.test(value);
}

/**
 * Reads a release record: the word `off`, or JSON of the form `{ "stable": "12", "canary": "13", "share": 0.05 }`, each of
 * which may be absent.
 *
 * @throws InklingError E_OPTIONS
 */
export function readRelease(text: string | null | undefined): Release {
  const record = text?.trim() ?? '';
  if (record === '') return UNRELEASED;
  if (record === 'off') return { off: true, share: 0 };
  const { stable, canary, share = 0, ...rest } = parse(record);
  for (const [name, version] of Object.entries({ stable, canary })) {
    if (version !== undefined && !isVersion(version))
      refuse('E_OPTIONS', `release.${name}`, 'the name of a folder', version);
  }
  if (typeof share !== 'number' || !(share >= 0 && share <= 1))
    refuse('E_OPTIONS', 'release.share', 'a number from 0 to 1', share);
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) refuse('E_OPTIONS', 'release', 'stable, canary and share', unknown);
  // Each was looked at above.
  return { off: false, stable, canary, share } as Release;
}

function parse(record: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(record);
  } catch (cause) {
    refuse('E_OPTIONS', 'release', 'off, or JSON', record.slice(0, 40), cause);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuse('E_OPTIONS', 'release', 'an object', value);
  return value as Readonly<Record<string, unknown>>;
}
