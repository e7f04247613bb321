export {
  type Consent,
  type ConsentCause,
  type ConsentChoice,
  type ConsentOptions,
  type ConsentStorage,
  createConsent,
} from './create-consent.ts';
export { CONSENT_KEY, type ConsentAct } from './stored-choice.ts';
