import type { Diagnostic } from '@inkling/core';
import { makeProof, type ProofEgress } from './consent-proof.ts';
import {
  type ConsentNotice,
  type ConsentRecord,
  grantedIn,
  makeRecord,
  withdrawFrom,
} from './consent-record.ts';
import type { ChooseOptions, Consent, ConsentChoice } from './create-consent.ts';
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
  readonly onDiagnostic?: (diagnostic: Diagnostic) => void;
}

/** The visitor's receipts. */
export interface ConsentRecords {
  /** Latest first. */
  list(): Promise<readonly ConsentRecord[]>;
  /** All of them as one JSON-LD file. */
  export(): Promise<string>;
  delete(id: string): Promise<void>;
}

export type RecordedConsent = Consent & { readonly records: ConsentRecords };

/**
 * The same consent, whose acts leave records on the device: one for each act after which something is granted, and in
 * it what was withdrawn later. Whoever only ever refused leaves none. Records survive withdrawal, which they prove, and
 * go with `erase()`. Acts are in force at once; what cannot be recorded becomes a diagnostic.
 */
export function keepRecords(consent: Consent, options: RecordOptions): RecordedConsent {
  const { store, now, randomId, notice, egress, onDiagnostic } = options;
  let work: Promise<unknown> = Promise.resolve();

  /** One after the other, so that a withdrawal finds the record it belongs to. */
  function enqueue(run: () => Promise<unknown>): void {
    work = work.then(run).catch((cause) => {
      onDiagnostic?.({ code: 'record_failed', stage: 'consent', message: String(cause), at: now(), cause });
    });
  }

  function choose(choice: ConsentChoice, how: ChooseOptions = {}): void {
    const before = grantedIn(consent.get());
    consent.choose(choice, how);
    const state = consent.get();
    const granted = grantedIn(state);
    const withdrawn = before.filter((name) => !granted.includes(name));
    const act = { at: now(), by: how.by ?? (typeof choice === 'string' ? choice : 'save') };
    const hash = how.text ?? notice.hash;
    if (withdrawn.length > 0) enqueue(() => noteWithdrawal(withdrawn, act));
    if (granted.length === 0) return;
    const record = makeRecord(randomId(), state, { ...notice, hash }, { ...act, days: CHOICE_DAYS });
    enqueue(() => store.put(record));
    if (egress && hash) enqueue(async () => egress.send(makeProof(state, hash, act.at)));
  }

  async function noteWithdrawal(
    withdrawn: readonly string[],
    act: { at: number; by: string },
  ): Promise<void> {
    for (const record of await store.all()) {
      const next = withdrawFrom(record, withdrawn, act);
      if (next !== record) await store.put(next);
    }
  }

  async function list(): Promise<readonly ConsentRecord[]> {
    await work;
    const records = await store.all();
    return [...records].sort((a, b) => b['dct:created'].localeCompare(a['dct:created']));
  }

  // Its methods and getters do not depend on which object they are called.
  const recorded: Consent = Object.create(consent);
  return Object.assign(recorded, {
    choose,
    withdraw: () => choose('refuse-all'),
    erase() {
      consent.erase();
      enqueue(store.erase);
    },
    records: {
      list,
      export: async () => JSON.stringify(await list(), null, 2),
      delete: async (id: string) => {
        await work;
        await store.delete(id);
      },
    },
  });
}
