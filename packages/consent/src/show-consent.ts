import type { Consent } from './create-consent.ts';

/** Gives the page's `<inkling-consent>` its consent; where the page has none, one is put at the end of the body.
 * @param open shows the choices at once, because the visitor asked for them. @default false: the element asks where a
 * choice is due */
export function showConsent(consent: Consent, open = false): void {
  const element =
    document.querySelector('inkling-consent') ??
    document.body.appendChild(document.createElement('inkling-consent'));
  element.consent = consent;
  if (open) element.open();
}
