import type { Consent } from './create-consent.ts';

/** Whether the visitor should be asked now: no choice is in force, the browser's signal has not answered for what is
 * asked, and the region's rule asks. */
export function isDue(consent: Consent): boolean {
  const { regime, purposes } = consent.get();
  const isAnswered = consent.decided || (consent.cause === 'gpc' && purposes.profile === 'refused');
  return !isAnswered && regime !== 'notice';
}
