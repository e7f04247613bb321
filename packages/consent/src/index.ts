export { type ConsentStatus, consentStatus } from './consent-status.ts';
export {
  type ChooseOptions,
  type Consent,
  type ConsentChoice,
  type ConsentOptions,
  type ConsentStorage,
  createConsent,
  type SiteConsentState,
} from './create-consent.ts';
export { type ConsentReader, createReader, type ReaderOptions } from './create-reader.ts';
export { isDue } from './is-due.ts';
export type { ConsentCause } from './judge-choice.ts';
export { onPurposeChange, type PurposeChange } from './purpose-changes.ts';
export { regimeOf } from './regime-of.ts';
export type { RegimeRule } from './regime-rule.ts';
export { BEFORE_CHOICE, type BeforeChoice, REGIMES, REGIMES_VERSION, type RegimeRow } from './regimes.ts';
export { CONSENT_KEY, type ConsentAct } from './stored-choice.ts';
