import { createGate, type Diagnostic, type Gate } from '@inkling/core';
import { makeProof, type ProofEgress } from './consent-proof.ts';
import { type ConsentNotice, grantedIn, makeRecord, withdrawFrom } from './consent-record.ts';
import type { Consent } from './create-consent.ts';
import { type ActRecorder, type RecordedAct, type RecordedConsent, recordActs } from './record-acts.ts';
import type { RecordStore } from './record-store.ts';
import { CHOICE_DAYS } from './stored-choice.ts';

export interface RecordOptions {
  readonly store: RecordStore;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A fresh random UUID, e.g. `crypto.randomUUID`. */
  readonly randomId: () => string;
  readonly notice: ConsentNotice;
  /** @default nothing leaves the device */
  readonly egress?: ProofEgress | undefined;
  /** What records are kept and sent through, e.g. `gate` of an Inkling. @default a gate of its own */
  readonly gate?: Gate | undefined;
  readonly onDiagnostic?: (diagnostic: Diagnostic) => void;
}

/**
 * The same consent, whose acts leave records on the device: one for each act after which something is granted, and in
 * it what was withdrawn later. Whoever only ever refused leaves none. Records survive withdrawal, which they prove, and
 * go with `erase()`. Acts are in force at once; what cannot be recorded becomes a diagnostic.
 */
export function keepRecords(consent: Consent, options: RecordOptions): RecordedConsent {
  const { now, onDiagnostic } = options;
  const report = (code: string, stage: string, cause: unknown) =>
    onDiagnostic?.({ code, stage, message: String(cause), at: now(), cause });
  const gate = options.gate ?? createGate({ consent, report });
  return recordActs(consent, Promise.resolve(createRecorder({ ...options, gate })), options);
}

/** Turns acts into records. */
export function createRecorder(
  options: Omit<RecordOptions, 'now' | 'gate'> & { readonly gate: Gate },
): ActRecorder {
  const { store, randomId, notice, egress, gate } = options;

  async function noteWithdrawal(withdrawn: readonly string[], act: RecordedAct): Promise<void> {
    for (const record of await store.all()) {
      const next = withdrawFrom(record, withdrawn, act);
      if (next !== record) await gate.pass('receipts', () => store.put(next));
    }
  }

  return {
    async record(act) {
      const granted = grantedIn(act.after);
      const withdrawn = grantedIn(act.before).filter((name) => !granted.includes(name));
      if (withdrawn.length > 0) await noteWithdrawal(withdrawn, act);
      if (granted.length === 0) return;
      const hash = act.text ?? notice.hash;
      const told = { ...notice, hash, language: act.language ?? notice.language };
      const record = makeRecord(randomId(), act.after, told, { ...act, days: CHOICE_DAYS });
      await gate.pass('receipts', () => store.put(record));
      if (!egress || !hash) return;
      const proof = makeProof(act.after, hash, act.at);
      await gate.pass('consent-proof', () => egress.send(proof), Object.keys(proof));
    },
    async list() {
      const records = await store.all();
      return [...records].sort((a, b) => b['dct:created'].localeCompare(a['dct:created']));
    },
    delete: store.delete,
    erase: store.erase,
  };
}
