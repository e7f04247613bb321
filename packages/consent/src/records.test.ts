import type { Diagnostic } from '@inkling/core';
import { expect, test } from 'vitest';
import { createConsent } from './create-consent.ts';
import {
  type ConsentProof,
  type ConsentRecord,
  hashNotice,
  keepRecords,
  type RecordOptions,
  type RecordStore,
} from './records.ts';
import { regimeOf } from './regime-of.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 20, 16, 47, 12, 345);

function createStore(): RecordStore & { map: Map<string, ConsentRecord> } {
  const map = new Map<string, ConsentRecord>();
  return {
    map,
    all: async () => [...map.values()],
    put: async (record) => void map.set(record['dct:identifier'], record),
    delete: async (id) => void map.delete(id),
    erase: async () => map.clear(),
  };
}

function open(options: Partial<RecordOptions> = {}) {
  const store = createStore();
  const diagnostics: Diagnostic[] = [];
  const clock = { now: START };
  let ids = 0;
  const consent = keepRecords(
    createConsent({ now: () => clock.now, custom: ['maps'], regime: regimeOf('US-CA') }),
    {
      store,
      now: () => clock.now,
      randomId: () => `id-${++ids}`,
      notice: { controller: 'A shop', language: 'de', policyVersion: 3, hash: '0123456789abcdef' },
      onDiagnostic: (diagnostic) => diagnostics.push(diagnostic),
      ...options,
    },
  );
  return { store, diagnostics, clock, consent };
}

test('whoever never granted leaves no record', async () => {
  const { consent, store } = open();
  consent.choose('refuse-all');
  consent.choose({ profile: false });
  consent.withdraw();
  expect(await consent.records.list()).toEqual([]);
  expect(store.map.size).toBe(0);
});

test('a grant leaves what was asked, by whom, in which words, and when to the hour', async () => {
  const { consent } = open();
  consent.choose({ profile: true, maps: true, measurement: false });
  expect(await consent.records.list()).toEqual([
    {
      '@context': { dpv: 'https://w3id.org/dpv#', dct: 'http://purl.org/dc/terms/' },
      '@id': 'urn:uuid:id-1',
      '@type': 'dpv:ConsentRecord',
      'dct:identifier': 'id-1',
      'dct:conformsTo': 'https://w3id.org/dpv/schema/dpv-27560#record',
      'dct:created': '2026-11-20T16:00:00.000Z',
      'dpv:hasDataSubject': { '@type': 'dpv:DataSubject' },
      'dpv:hasDataController': { '@type': 'dpv:DataController', 'dct:title': 'A shop' },
      'dpv:hasJurisdiction': 'US-CA',
      'dpv:hasNotice': {
        '@type': 'dpv:ConsentNotice',
        'dct:language': 'de',
        'dct:hasVersion': '3',
        'dct:identifier': '0123456789abcdef',
      },
      'dpv:hasProcess': [
        {
          '@type': 'dpv:Process',
          'dct:identifier': 'profile',
          'dpv:hasPurpose': 'dpv:ServicePersonalisation',
          'dpv:hasLegalBasis': 'dpv:Consent',
        },
        {
          '@type': 'dpv:Process',
          'dct:identifier': 'maps',
          'dpv:hasPurpose': 'dpv:Purpose',
          'dpv:hasLegalBasis': 'dpv:Consent',
        },
      ],
      'dpv:hasConsentStatus': [
        {
          '@type': 'dpv:ConsentGiven',
          'dpv:isIndicatedBy': 'dpv:DataSubject',
          'dpv:isIndicatedAtTime': '2026-11-20T16:00:00.000Z',
          'dpv:hasIndicationMethod': 'save',
          'dpv:hasDuration': 'P180D',
        },
      ],
    },
  ]);
});

test('a withdrawal stands in every record it concerns, once, with its purposes', async () => {
  const { consent, clock } = open();
  consent.choose('accept-all');
  clock.now += 2 * HOUR;
  consent.choose({ measurement: false });
  clock.now += HOUR;
  consent.withdraw();
  consent.withdraw();
  clock.now -= 4 * HOUR;
  consent.choose('accept-all');
  clock.now += 5 * HOUR;
  consent.withdraw();
  const [second, first, third] = await consent.records.list();
  const events = (record: ConsentRecord | undefined) =>
    record?.['dpv:hasConsentStatus']
      .slice(1)
      .map((event) => [
        event['@type'],
        event['dpv:isIndicatedAtTime'].slice(11, 13),
        event['dpv:hasIndicationMethod'],
        event['dct:subject'],
      ]);
  expect(events(first)).toEqual([
    ['dpv:ConsentWithdrawn', '18', 'save', ['measurement']],
    ['dpv:ConsentWithdrawn', '19', 'refuse-all', ['context', 'profile']],
  ]);
  expect(events(second)).toEqual([['dpv:ConsentWithdrawn', '19', 'refuse-all', ['context', 'profile']]]);
  expect(events(third)).toEqual([
    ['dpv:ConsentWithdrawn', '20', 'refuse-all', ['context', 'profile', 'measurement']],
  ]);
});

test('records can be exported and deleted one by one, survive withdrawal and go with erase', async () => {
  const { consent, store } = open();
  consent.choose('accept-all');
  consent.choose('accept-all');
  const file: ConsentRecord[] = JSON.parse(await consent.records.export());
  expect(file).toEqual(await consent.records.list());
  expect(file.length).toBe(2);
  await consent.records.delete('id-1');
  consent.withdraw();
  expect((await consent.records.list()).map((record) => record['dct:identifier'])).toEqual(['id-2']);
  expect(consent.withdrawn).toBe(true);
  consent.erase();
  expect(await consent.records.list()).toEqual([]);
  expect(store.map.size).toBe(0);
  expect(consent.decided).toBe(false);
});

test('a store that fails stops no act', async () => {
  const fail = () => Promise.reject(new Error('quota'));
  const { consent, diagnostics } = open({ store: { ...createStore(), put: fail } });
  consent.choose('accept-all');
  expect(consent.get().purposes.profile).toBe('granted');
  await consent.records.list();
  expect(diagnostics).toMatchObject([{ code: 'record_failed', cause: new Error('quota') }]);
});

test('a proof leaves only where it is declared, after a grant, and holds no identifier and no minute', async () => {
  const sent: ConsentProof[] = [];
  const { consent } = open({
    egress: { shape: 'consent-proof', legalBasis: 'GDPR 7(1)', send: (proof) => sent.push(proof) },
  });
  consent.choose('refuse-all');
  consent.choose({ profile: true }, { text: 'fedcba9876543210' });
  consent.withdraw();
  await consent.records.list();
  expect(sent).toEqual([
    {
      notice: 'fedcba9876543210',
      choice: ['profile'],
      hour: Math.floor(START / HOUR),
    },
  ]);
});

test('the hash of a text is the beginning of its SHA-256', async () => {
  // FIPS 180-4, the message "abc".
  expect(await hashNotice('abc', crypto.subtle)).toBe('ba7816bf8f01cfea');
});
