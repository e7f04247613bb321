import type { Consent } from './create-consent.ts';

/** Where the visitor's answer stands. `partial`: something asked for is granted and something refused. */
export type ConsentStatus = 'unset' | 'granted' | 'partial' | 'refused' | 'withdrawn' | 'expired';

/** `withdrawn` is refused, all of it, after something had been granted; `expired` waits for a new answer because time or
 * the policy ended the old one. */
export function consentStatus(consent: Consent): ConsentStatus {
  if (!consent.decided) return /expiry|policy/.test(consent.cause ?? '') ? 'expired' : 'unset';
  const { necessary, ...asked } = consent.get().purposes;
  const grants: readonly string[] = Object.values(asked);
  const isRefused = grants.includes('refused');
  if (grants.includes('granted')) return isRefused ? 'partial' : 'granted';
  if (!isRefused) return 'unset';
  return consent.withdrawn ? 'withdrawn' : 'refused';
}
