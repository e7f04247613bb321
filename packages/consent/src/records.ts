export type { ConsentProof, ProofEgress } from './consent-proof.ts';
export type { ConsentEvent, ConsentNotice, ConsentProcess, ConsentRecord } from './consent-record.ts';
export { hashNotice } from './hash-notice.ts';
export { keepRecords, type RecordOptions } from './keep-records.ts';
export type { ConsentRecords, RecordedConsent } from './record-acts.ts';
export { createRecordStore, type RecordStore } from './record-store.ts';
