import type { Diagnostic, Gate } from '@inkling/core';
import { type Consent, type ConsentStorage, createConsent } from './create-consent.ts';
import type { ConsentReader, ReaderOptions } from './create-reader.ts';
import { regimeOf } from './regime-of.ts';

/** What a machine needs of the page's Inkling. */
export interface ConnectedPage {
  readonly gate: Gate;
  report(diagnostic: Diagnostic): void;
}

export interface ConnectOptions extends Omit<ReaderOptions, 'storage'> {
  readonly storage: () => ConsentStorage;
}

/** Sets a machine behind the reader, so that the visitor can act; the reader follows it from now on.
 * @param place where the visitor is, as far as that is known: ISO 3166 codes of the country and its subdivision */
export function connectReader(
  reader: ConsentReader,
  options: ConnectOptions,
  page: ConnectedPage,
  { country, region }: { readonly country?: string; readonly region?: string } = {},
): Consent {
  const { changes, storage } = options;
  const consent = createConsent({
    ...options,
    storage: {
      getItem: (key) => storage().getItem(key),
      setItem: (key, value) => page.gate.pass('choice', () => storage().setItem(key, value)),
      removeItem: (key) => storage().removeItem(key),
    },
    changes(fn) {
      changes(fn);
      // Both live as long as the page.
      return () => {};
    },
    onDiagnostic: page.report,
    regime: regimeOf(country && region ? `${country}-${region}` : country),
  });
  reader.follow(consent);
  return consent;
}
