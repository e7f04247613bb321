import type { Regime, RegimeRow } from '@inkling/core';

export type { RegimeRow } from '@inkling/core';

/** Day on which the rows were last compared with their sources. */
export const REGIMES_VERSION = '2026-11-20';

/** The first row that names a region holds for it, then the one that names its country; all others are opt-in. */
export const REGIMES: readonly RegimeRow[] = [
  {
    regions: 'US-CA',
    regime: 'opt-out',
    refusalDays: 365,
    source: 'Cal. Civ. Code 1798.135(c)(4); 11 CCR 7025',
    date: '2026-01-01',
  },
  {
    regions: 'US-CO US-CT US-DE US-MD US-MN US-MT US-NE US-NH US-NJ US-OR US-TX',
    regime: 'opt-out',
    refusalDays: 180,
    source: 'State laws that have opt-out signals recognised',
    date: '2026-01-13',
  },
  {
    regions: 'US',
    regime: 'opt-out',
    refusalDays: 365,
    source: 'The strictest of the rows above, where the state is not known or has none',
    date: '2026-01-13',
  },
  {
    regions: 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK',
    regime: 'opt-in',
    refusalDays: 180,
    source: 'Directive 2002/58/EC, Article 5(3); EDPB Guidelines 2/2023 v2.0',
    date: '2024-10-07',
  },
  {
    regions: 'GB',
    regime: 'opt-in',
    refusalDays: 180,
    source: 'PECR, Schedule A1, by the Data (Use and Access) Act 2025: no exception for inferred interests',
    date: '2026-02-05',
  },
];

/** What may be read on the device, or fetched, before a choice. Nothing may be stored, and nothing about the visitor
 * sent, in any regime. */
export interface BeforeChoice {
  /** The pack: same origin, without credentials or query. */
  readonly pack: boolean;
  /** What the edge wrote into the page from the request itself. */
  readonly edge: boolean;
  readonly clock: boolean;
  readonly timeZone: boolean;
  readonly viewport: boolean;
  /** Language, colours, motion, data saver. */
  readonly preferences: boolean;
}

const EDGE_ONLY: BeforeChoice = {
  pack: true,
  edge: true,
  clock: false,
  timeZone: false,
  viewport: false,
  preferences: false,
};
const DEVICE: BeforeChoice = {
  pack: true,
  edge: true,
  clock: true,
  timeZone: true,
  viewport: true,
  preferences: true,
};

export const BEFORE_CHOICE: Readonly<Record<Regime, BeforeChoice>> = {
  'opt-in': EDGE_ONLY,
  'opt-out': DEVICE,
  notice: DEVICE,
};
