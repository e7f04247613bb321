import { declarations } from '@inkling/consent/declarations';
import type { EgressShape, Regime } from '@inkling/core';
import { z } from 'zod';

/** What a site keeps in the browser, and for which purpose. */
interface DeclaredStore {
  readonly api:
    | 'localStorage'
    | 'sessionStorage'
    | 'cookie'
    | 'indexedDB'
    | 'cache'
    | 'opfs'
    | 'serviceWorker';
  /** The key; for a database `name/key`. A `*` at the end stands for anything. */
  readonly name: string;
  /** `receipts` is for copies of consent records: they may be there once anything has been granted, also when it no
   * longer is. */
  readonly purpose: string;
  /** @default 65536 */
  readonly maxBytes: number;
}

/** What a site sends, and for which purpose. */
export interface DeclaredRequest {
  /** Address without query; a path means the audited site's own. */
  readonly url: string;
  /** @default 'GET' */
  readonly method: string;
  readonly purpose: string;
  /** Names of what query and body may hold; a body must be form data or JSON. @default none */
  readonly fields: readonly string[];
}

/** Selectors of Playwright, https://playwright.dev/docs/locators: CSS that sees into open shadow roots, and more. */
interface Controls {
  readonly banner: string;
  readonly refuse: string;
  readonly accept: string;
  /** Leads from the first question to the choices by purpose. */
  readonly choose: string;
  readonly save: string;
  readonly close: string;
  /** The tick boxes. */
  readonly purpose: string;
  /** The control that every page keeps, to come back to the choices. */
  readonly reopen: string;
  /** What says that an opt-out signal was honoured. */
  readonly honoured: string;
}

/** What a site says of itself: where its controls are, what it keeps, sends and reads for which purpose. */
export interface SiteFile {
  readonly controls: Controls;
  /** Where the choice itself is kept. */
  readonly choice: DeclaredStore;
  /** What the rule of the place that the visitor is in asks for before a choice. */
  readonly regime: Regime;
  /** Days after which a choice must have ended. */
  readonly choiceDays: number;
  /** Days for which nobody who refused is asked again. */
  readonly refusalDays: number;
  /** Property of a choice kept as JSON that names the policy it was made under. */
  readonly policyField: string;
  readonly stores: readonly DeclaredStore[];
  readonly requests: readonly DeclaredRequest[];
  /** Readings of the device, by the names of the report. */
  readonly reads: readonly { readonly api: string; readonly purpose: string }[];
  /** What the tick boxes stand for, in their order. */
  readonly purposes: readonly string[];
}

/** The panel of `<inkling-consent>`; its order is a part of what it promises. */
const PANEL = 'inkling-consent [part~="panel"]';
const CONTROLS: Controls = {
  banner: PANEL,
  refuse: `${PANEL} .answers > button:nth-of-type(1)`,
  accept: `${PANEL}:not(:has(input)) .answers > button:nth-of-type(2)`,
  choose: `${PANEL}:not(:has(input)) .answers > button:nth-of-type(3)`,
  save: `${PANEL}:has(input) .answers > button:nth-of-type(2)`,
  close: `${PANEL} .head button`,
  purpose: `${PANEL} input[type="checkbox"]`,
  reopen: '[data-inkling-consent="open"]',
  honoured: 'inkling-consent [part~="status"]',
};

/** What copies of consent records are kept for: they may be there once anything has been granted, also when it no longer
 * is. */
export const RECEIPTS = 'receipts';

const MOST_BYTES: Readonly<Record<string, number>> = {
  profile: 65_536,
  // Its assets, pack.json and the signature.
  'kept-pack': 2_359_296,
  unit: 256,
  totals: 8192,
  receipts: 4096,
};

/** What Inkling itself does; a site's own file changes or adds to it. */
const INKLING: SiteFile = {
  controls: CONTROLS,
  choice: { api: 'localStorage', name: 'inkling.consent', purpose: 'necessary', maxBytes: 512 },
  regime: 'opt-in',
  choiceDays: 180,
  refusalDays: 180,
  policyField: 'policy',
  stores: Object.keys(MOST_BYTES).map(storeOf),
  requests: [],
  reads: ['language', 'time zone', 'screen', 'connection'].map((api) => ({ api, purpose: 'context' })),
  purposes: ['context', 'profile', 'measurement', 'research'],
};

function storeOf(name: string): DeclaredStore {
  const declared = declarations.find((row) => row.kind === 'store' && row.name === name);
  const [, key = ''] = declared?.where.split(' ') ?? [];
  return {
    api: 'indexedDB',
    name: key,
    purpose: name === RECEIPTS ? RECEIPTS : (declared?.purpose ?? name),
    maxBytes: MOST_BYTES[name] ?? 0,
  };
}

/** What a pack declares to leave the browser, beside what the file does. */
export function withEgress(site: SiteFile, egress: readonly EgressShape[] = []): SiteFile {
  const requests = egress.map(({ url, method = 'POST', purpose, fields }) => ({
    url,
    method,
    purpose,
    fields,
  }));
  return { ...site, requests: [...site.requests, ...requests] };
}

const text = z.string().min(1);
const storeSchema = z.strictObject({
  api: z.enum(['localStorage', 'sessionStorage', 'cookie', 'indexedDB', 'cache', 'opfs', 'serviceWorker']),
  name: text,
  purpose: text,
  maxBytes: z.int().positive().default(65_536),
});
const requestSchema = z.strictObject({
  url: text,
  method: text.default('GET'),
  purpose: text,
  fields: z.array(text).default([]),
});
const control = (name: keyof Controls) => text.default(CONTROLS[name]);

export const siteFileSchema: z.ZodType<SiteFile> = z.strictObject({
  controls: z
    .strictObject({
      banner: control('banner'),
      refuse: control('refuse'),
      accept: control('accept'),
      choose: control('choose'),
      save: control('save'),
      close: control('close'),
      purpose: control('purpose'),
      reopen: control('reopen'),
      honoured: control('honoured'),
    })
    .default(CONTROLS),
  choice: storeSchema.default(INKLING.choice),
  regime: z.enum(['opt-in', 'opt-out', 'notice']).default(INKLING.regime),
  choiceDays: z.int().positive().default(INKLING.choiceDays),
  refusalDays: z.int().positive().default(INKLING.refusalDays),
  policyField: text.default(INKLING.policyField),
  stores: z.array(storeSchema).default([...INKLING.stores]),
  requests: z.array(requestSchema).default([]),
  reads: z.array(z.strictObject({ api: text, purpose: text })).default([...INKLING.reads]),
  purposes: z
    .array(text)
    .min(1)
    .default([...INKLING.purposes]),
});
