import type { Gate } from '@inkling/core';
import type { ProofEgress } from './consent-proof.ts';
import { createRecorder } from './keep-records.ts';
import type { Receipt } from './privacy-page.ts';
import type { ActRecorder, ConsentRecords } from './record-acts.ts';
import { createRecordStore } from './record-store.ts';
import { sendProof } from './send-proof.ts';

export { hashNotice } from './hash-notice.ts';
export { receiptRows } from './receipt-rows.ts';

/** Records acts for a page, by what its `<inkling-consent>` says of the site: `controller`, `notice`, and where proofs
 * go, `proof` with its `legal-basis`. */
export function openRecorder(gate: Gate): ActRecorder {
  const says = (name: string) => document.querySelector('inkling-consent')?.getAttribute(name) ?? undefined;
  const proof = says('proof');
  const legalBasis = says('legal-basis');
  const egress: ProofEgress | undefined =
    proof && legalBasis
      ? { shape: 'consent-proof', legalBasis, send: (body) => sendProof(proof, body) }
      : undefined;
  return createRecorder({
    store: createRecordStore(),
    gate,
    randomId: () => crypto.randomUUID(),
    notice: {
      controller: says('controller') ?? location.host,
      language: document.documentElement.lang,
      policyVersion: 1,
      url: says('notice'),
    },
    egress,
  });
}

/** The records as the visitor's copies. */
export async function receiptsOf(records: ConsentRecords): Promise<readonly Receipt[]> {
  return (await records.list()).map((record) => ({
    at: Date.parse(record['dct:created']),
    file: JSON.stringify(record, null, 2),
    delete: () => records.delete(record['dct:identifier']),
  }));
}
