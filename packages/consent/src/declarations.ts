import type { Purpose } from '@inkling/core';

/** What Inkling may keep in a browser or send from one. The gate refuses whatever has no row here. */
export interface Declaration {
  readonly kind: 'store' | 'request';
  /** By which the gate knows it. */
  readonly name: string;
  /** Of a store its interface, a space, and the key or `database/key`, where `*` stands for any key; of a request its
   * method, a space, and the address in words. */
  readonly where: string;
  readonly purpose: Purpose;
  /** What it may hold: for a store in words, for a request the names of the fields of query and body. */
  readonly fields: readonly string[];
  readonly retention: string;
  /** For whoever reads, without words of the trade. */
  readonly sentence: string;
}

export const declarations: readonly Declaration[] = [
  {
    kind: 'store',
    name: 'choice',
    where: 'localStorage inkling.consent',
    purpose: 'necessary',
    fields: [
      'version of the format',
      'answer for each purpose',
      'version of the policy',
      'day',
      'how it was given',
      'days a refusal holds',
      'whether Global Privacy Control was on',
      'hash of the text',
    ],
    retention: 'a grant 180 days, a refusal as long as the region says; gone with erasure',
    sentence: 'Your answer is kept in this browser, so that you are not asked on every page.',
  },
  {
    kind: 'store',
    name: 'profile',
    where: 'indexedDB inkling/profile',
    purpose: 'profile',
    fields: [
      'tastes by topic',
      'recent items',
      'counts and limits',
      'what was asked not to be shown',
      'what was learnt',
      'visits',
      'summaries of the last 20 decisions',
      'what was switched off',
    ],
    retention: '395 days from creation; gone with withdrawal and erasure',
    sentence: 'What you look at, search for and like is remembered on this device only.',
  },
  {
    kind: 'store',
    name: 'kept-pack',
    where: 'indexedDB inkling/pack*',
    purpose: 'profile',
    fields: ['version and floor of the last pack', 'its files: the same for every visitor'],
    retention: 'until the next pack; gone with withdrawal and erasure',
    sentence: 'What the page can show is kept on this device, so that it works when the next fetch fails.',
  },
  {
    kind: 'store',
    name: 'unit',
    where: 'indexedDB inkling/unit',
    purpose: 'measurement',
    fields: ['random text'],
    retention: 'until withdrawal or erasure',
    sentence: 'A random number on this device decides which variant of the page you see; it is never sent.',
  },
  {
    kind: 'store',
    name: 'totals',
    where: 'indexedDB inkling/totals',
    purpose: 'measurement',
    fields: [
      'day',
      'for each slot: version of the pack, variant of the page, part of the day, weather',
      'how often it was seen',
      'how often an act followed',
    ],
    retention: 'until they are sent, 2 days after their own at most; gone with withdrawal and erasure',
    sentence: 'What was shown and whether you chose something of it is counted here until the day is over.',
  },
  {
    kind: 'store',
    name: 'receipts',
    where: 'indexedDB inkling-receipts/*',
    purpose: 'necessary',
    fields: [
      'random identifier of the receipt',
      'who is responsible',
      'version, language and hash of the text',
      'purposes granted and withdrawn',
      'hour',
      'region',
    ],
    retention: 'until deleted or erased; a receipt outlives the withdrawal, which it proves',
    sentence:
      'Receipts of what you allowed are kept in this browser; you can read, download and delete them.',
  },
  {
    kind: 'request',
    name: 'pack',
    where: "GET the pack's address, its signature and the files beside it",
    purpose: 'necessary',
    fields: [],
    retention: 'nothing about the visitor is in it',
    sentence: 'The page fetches what it can show; nothing about you is in the request.',
  },
  {
    kind: 'request',
    name: 'report',
    where: 'POST the address of the shape `report` of the pack; off unless it has one',
    purpose: 'measurement',
    fields: ['batch', 'cells'],
    retention: 'as the pack says; the name of the batch 2 days',
    sentence:
      'Once a day the counts of the day before are added to totals; they are combined with others before anyone sees them.',
  },
  {
    kind: 'request',
    name: 'impression',
    where: 'POST the address of the shape `impression` of the pack; off unless it has one',
    purpose: 'research',
    fields: ['version', 'slot', 'moment', 'hour', 'candidates', 'items', 'propensities', 'rewards'],
    retention: 'as the pack says',
    sentence:
      'What was shown in one place, and whether something in it was chosen, is sent by itself, without anything that says who saw it.',
  },
  {
    kind: 'request',
    name: 'consent-proof',
    where: 'POST an address that the site names; off unless it names one, with its legal basis',
    purpose: 'necessary',
    fields: ['notice', 'choice', 'hour'],
    retention: 'as the site says',
    sentence: 'The site is told that somebody allowed these purposes in this hour, and not who.',
  },
];
