import { InklingConsentElement } from './element.ts';

export { type ConnectedConsent, connectReader } from './connect-reader.ts';
export { showConsent } from './show-consent.ts';
export { showElements } from './show-elements.ts';

declare global {
  interface HTMLElementTagNameMap {
    'inkling-consent': InklingConsentElement;
  }
}

// A second copy of the script, or a server without elements, must not break the page.
if (globalThis.customElements && !customElements.get('inkling-consent')) {
  customElements.define('inkling-consent', InklingConsentElement);
}
