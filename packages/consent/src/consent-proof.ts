import type { ConsentState } from '@inkling/core';
import { grantedIn, hourOf } from './consent-record.ts';

/** That somebody granted something: nothing in it tells who, and nothing links two of them. */
export interface ConsentProof {
  /** Hash of the text that was shown. */
  readonly notice: string;
  /** The purposes granted. */
  readonly choice: readonly string[];
  /** Hours since the epoch. */
  readonly hour: number;
}

/** For controllers who have to demonstrate consent. It leaves the device only where a site declares it, with the legal
 * basis that it has for it. */
export interface ProofEgress {
  readonly shape: 'consent-proof';
  /** E.g. "GDPR 6(1)(c) with 7(1)". */
  readonly legalBasis: string;
  readonly send: (proof: ConsentProof) => unknown;
}

export function makeProof(state: ConsentState, notice: string, at: number): ConsentProof {
  return { notice, choice: grantedIn(state), hour: hourOf(at) };
}
