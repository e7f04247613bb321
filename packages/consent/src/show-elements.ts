import type { Consent } from './create-consent.ts';
import type { PrivacyPage } from './privacy-page.ts';
import { showConsent } from './show-consent.ts';

/** Shows what the page's button stands for: the choices (`data-inkling-consent`), the privacy centre
 * (`data-inkling-privacy`), or why its item stands where it does.
 * @param opener without one the element asks for consent where a choice is due
 * @returns when it is there; rejects where its code could not be loaded */
export async function showElements(consent: Consent, page: PrivacyPage, opener?: Element): Promise<void> {
  const choices = (isOpen: boolean) => showConsent(consent, isOpen);
  if (!opener || opener.matches('[data-inkling-consent]')) choices(!!opener);
  else {
    const { showPrivacy, showWhy } = await import('./define-privacy.ts');
    if (opener.matches('[data-inkling-privacy]')) showPrivacy(page, () => choices(true));
    else await showWhy(page, opener);
  }
}
