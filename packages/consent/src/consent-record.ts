import { type ConsentState, type Grant, PURPOSES, type Purpose } from '@inkling/core';

/** A record of consent as JSON-LD, in the shape of ISO/IEC TS 27560 and the terms of W3C DPV 2.
 * https://w3id.org/dpv/guides/consent-27560 */
export interface ConsentRecord {
  readonly '@context': typeof CONTEXT;
  readonly '@id': string;
  readonly '@type': 'dpv:ConsentRecord';
  /** Random, and of this record alone: nothing links two records. */
  readonly 'dct:identifier': string;
  readonly 'dct:conformsTo': string;
  readonly 'dct:created': string;
  readonly 'dpv:hasDataSubject': { readonly '@type': 'dpv:DataSubject' };
  readonly 'dpv:hasDataController': { readonly '@type': 'dpv:DataController'; readonly 'dct:title': string };
  /** ISO 3166. */
  readonly 'dpv:hasJurisdiction'?: string;
  readonly 'dpv:hasNotice': {
    readonly '@type': 'dpv:ConsentNotice';
    readonly 'dct:language': string;
    /** Version of the policy. */
    readonly 'dct:hasVersion': string;
    /** Hash of the text that was shown. */
    readonly 'dct:identifier'?: string;
    readonly 'dct:source'?: string;
  };
  /** What was granted. */
  readonly 'dpv:hasProcess': readonly ConsentProcess[];
  /** What happened to it, latest last. */
  readonly 'dpv:hasConsentStatus': readonly ConsentEvent[];
}

export interface ConsentProcess {
  readonly '@type': 'dpv:Process';
  readonly 'dct:identifier': string;
  readonly 'dpv:hasPurpose': string;
  readonly 'dpv:hasLegalBasis': 'dpv:Consent';
}

export interface ConsentEvent {
  readonly '@type': 'dpv:ConsentGiven' | 'dpv:ConsentWithdrawn';
  readonly 'dpv:isIndicatedBy': 'dpv:DataSubject';
  /** Full hours, UTC. */
  readonly 'dpv:isIndicatedAtTime': string;
  /** The act: `accept-all`, `save`, … */
  readonly 'dpv:hasIndicationMethod': string;
  /** ISO 8601; of a grant. */
  readonly 'dpv:hasDuration'?: string;
  /** Of a withdrawal: which purposes. */
  readonly 'dct:subject'?: readonly string[];
}

/** What the visitor was told, and by whom. */
export interface ConsentNotice {
  /** Name or address of who is responsible. */
  readonly controller: string;
  /** BCP 47 tag of the text. */
  readonly language: string;
  readonly policyVersion: number;
  /** By `hashNotice`. */
  readonly hash?: string | undefined;
  /** Address of the privacy notice. */
  readonly url?: string | undefined;
}

const CONTEXT = { dpv: 'https://w3id.org/dpv#', dct: 'http://purl.org/dc/terms/' } as const;

const DPV_PURPOSES: Readonly<Record<Purpose, string>> = {
  necessary: 'dpv:RecordManagement',
  context: 'dpv:ServicePersonalisation',
  profile: 'dpv:ServicePersonalisation',
  measurement: 'dpv:ServiceUsageAnalytics',
  research: 'dpv:ResearchAndDevelopment',
};

const HOUR_MS = 3_600_000;

/** Hours since the epoch. */
export const hourOf = (now: number): number => Math.floor(now / HOUR_MS);

/** What is granted beyond `necessary`, the site's own purposes included. */
export function grantedIn({ purposes }: ConsentState): readonly string[] {
  const grants: Readonly<Record<string, Grant>> = purposes;
  return Object.keys(grants).filter((name) => name !== 'necessary' && grants[name] === 'granted');
}

/** The record of an act that granted something.
 * @param days for how long the grant holds */
export function makeRecord(
  id: string,
  state: ConsentState,
  notice: ConsentNotice,
  given: { readonly at: number; readonly by: string; readonly days: number },
): ConsentRecord {
  const { controller, language, policyVersion, hash, url } = notice;
  const event = eventOf('dpv:ConsentGiven', given.at, given.by);
  return {
    '@context': CONTEXT,
    '@id': `urn:uuid:${id}`,
    '@type': 'dpv:ConsentRecord',
    'dct:identifier': id,
    'dct:conformsTo': 'https://w3id.org/dpv/schema/dpv-27560#record',
    'dct:created': event['dpv:isIndicatedAtTime'],
    'dpv:hasDataSubject': { '@type': 'dpv:DataSubject' },
    'dpv:hasDataController': { '@type': 'dpv:DataController', 'dct:title': controller },
    ...(state.region && { 'dpv:hasJurisdiction': state.region }),
    'dpv:hasNotice': {
      '@type': 'dpv:ConsentNotice',
      'dct:language': language,
      'dct:hasVersion': String(policyVersion),
      ...(hash && { 'dct:identifier': hash }),
      ...(url && { 'dct:source': url }),
    },
    'dpv:hasProcess': grantedIn(state).map((name) => ({
      '@type': 'dpv:Process',
      'dct:identifier': name,
      'dpv:hasPurpose': isPurpose(name) ? DPV_PURPOSES[name] : 'dpv:Purpose',
      'dpv:hasLegalBasis': 'dpv:Consent',
    })),
    'dpv:hasConsentStatus': [{ ...event, 'dpv:hasDuration': `P${given.days}D` }],
  };
}

/** The record with a withdrawal added, or the same where nothing of it was withdrawn. */
export function withdrawFrom(
  record: ConsentRecord,
  withdrawn: readonly string[],
  { at, by }: { readonly at: number; readonly by: string },
): ConsentRecord {
  const events = record['dpv:hasConsentStatus'];
  const before = events.flatMap((event) => event['dct:subject'] ?? []);
  const names = record['dpv:hasProcess'].map((process) => process['dct:identifier']);
  const subject = names.filter((name) => withdrawn.includes(name) && !before.includes(name));
  if (subject.length === 0) return record;
  const event = { ...eventOf('dpv:ConsentWithdrawn', at, by), 'dct:subject': subject };
  return { ...record, 'dpv:hasConsentStatus': [...events, event] };
}

function eventOf(type: ConsentEvent['@type'], at: number, by: string): ConsentEvent {
  return {
    '@type': type,
    'dpv:isIndicatedBy': 'dpv:DataSubject',
    'dpv:isIndicatedAtTime': new Date(hourOf(at) * HOUR_MS).toISOString(),
    'dpv:hasIndicationMethod': by,
  };
}

function isPurpose(name: string): name is Purpose {
  return (PURPOSES as readonly string[]).includes(name);
}
