import { type Consent, type ConsentOptions, createConsent } from './create-consent.ts';
import type { ConsentGate, GateOptions } from './create-gate.ts';
import { regimeOf } from './regime-of.ts';

/** Sets a machine behind the gate, so that the visitor can act; the gate follows it from now on.
 * @param place where the visitor is, as far as that is known: ISO 3166 codes of the country and its subdivision */
export function connectGate(
  gate: ConsentGate,
  options: Omit<ConsentOptions, 'changes'> & Pick<GateOptions, 'changes'>,
  { country, region }: { readonly country?: string; readonly region?: string } = {},
): Consent {
  const consent = createConsent({
    ...options,
    changes(fn) {
      options.changes(fn);
      // Both live as long as the page.
      return () => {};
    },
    regime: regimeOf(country && region ? `${country}-${region}` : country),
  });
  gate.follow(consent);
  return consent;
}
