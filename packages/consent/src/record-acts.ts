import type { ConsentState, Diagnostic } from '@inkling/core';
import type { ConsentRecord } from './consent-record.ts';
import type { ChooseOptions, Consent, ConsentChoice } from './create-consent.ts';

/** An act of the visitor, and what it changed. */
export interface RecordedAct {
  readonly before: ConsentState;
  readonly after: ConsentState;
  /** Epoch ms. */
  readonly at: number;
  readonly by: string;
  /** Hash of the text that was shown, and its language. */
  readonly text: string | undefined;
  readonly language: string | undefined;
}

/** What acts are recorded by. */
export interface ActRecorder {
  record(act: RecordedAct): Promise<void>;
  /** Latest first. */
  list(): Promise<readonly ConsentRecord[]>;
  delete(id: string): Promise<void>;
  /** Removes everything. */
  erase(): Promise<void>;
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

/** The same consent, with every act handed on to be recorded, one after the other. Acts are in force at once, and stay so
 * where they cannot be recorded; that becomes a diagnostic. */
export function recordActs(
  consent: Consent,
  recorder: Promise<ActRecorder>,
  { now, onDiagnostic }: { readonly now: () => number; readonly onDiagnostic?: (one: Diagnostic) => void },
): RecordedConsent {
  let work: Promise<unknown> = Promise.resolve();
  // Nobody may ever ask for it.
  recorder.catch(() => {});

  /** One after the other, so that a withdrawal finds the record it belongs to. */
  function enqueue(run: (recorder: ActRecorder) => Promise<void>): void {
    work = work
      .then(async () => run(await recorder))
      .catch((cause) => {
        onDiagnostic?.({ code: 'record_failed', stage: 'consent', message: String(cause), at: now(), cause });
      });
  }

  function choose(choice: ConsentChoice, how: ChooseOptions = {}): void {
    const before = consent.get();
    consent.choose(choice, how);
    const after = consent.get();
    const by = how.by ?? (typeof choice === 'string' ? choice : 'save');
    const at = now();
    enqueue((to) => to.record({ before, after, at, by, text: how.text, language: how.language }));
  }

  /** After all that was to be recorded before. */
  async function list(): Promise<readonly ConsentRecord[]> {
    await work;
    return (await recorder).list();
  }

  // Its methods and getters do not depend on which object they are called.
  const recorded: Consent = Object.create(consent);
  return Object.assign(recorded, {
    choose,
    withdraw: () => choose('refuse-all'),
    erase() {
      consent.erase();
      enqueue((from) => from.erase());
    },
    records: {
      list,
      export: async () => JSON.stringify(await list(), null, 2),
      async delete(id: string) {
        await work;
        await (await recorder).delete(id);
      },
    },
  });
}
