import { createPrivacyControls } from './privacy-controls.ts';
import { InklingPrivacyElement } from './privacy-element.ts';
import type { PrivacyPage } from './privacy-page.ts';
import { InklingWhyElement } from './why-element.ts';

declare global {
  interface HTMLElementTagNameMap {
    'inkling-privacy': InklingPrivacyElement;
    'inkling-why': InklingWhyElement;
  }
}

// A second copy of the script, or a server without elements, must not break the page.
if (globalThis.customElements && !customElements.get('inkling-privacy')) {
  customElements.define('inkling-privacy', InklingPrivacyElement);
  customElements.define('inkling-why', InklingWhyElement);
}

/** Opens the page's `<inkling-privacy>`; where it has none, one is put at the end of the body.
 * @param onChoices opens the choices by purpose. @default the centre has no button for that */
export function showPrivacy(page: PrivacyPage, onChoices?: () => void): void {
  const element = privacyOf(page);
  element.onChoices = onChoices;
  element.open();
}

/** Opens the reasons for the item and the slot that a button of the page stands in. Does nothing outside of both. */
export async function showWhy(page: PrivacyPage, opener: Element): Promise<void> {
  const item = opener.closest('[data-inkling-item]')?.getAttribute('data-inkling-item');
  const slot = opener.closest('[data-inkling-slot]')?.getAttribute('data-inkling-slot');
  if (!item || !slot) return;
  const element = elementOf('inkling-why');
  // What is switched off in one is switched off in the other.
  element.controls = privacyOf(page).controls;
  await element.open({ slot, item });
}

function privacyOf(page: PrivacyPage): InklingPrivacyElement {
  const element = elementOf('inkling-privacy');
  element.controls ??= createPrivacyControls(page);
  return element;
}

function elementOf<Name extends 'inkling-privacy' | 'inkling-why'>(name: Name): HTMLElementTagNameMap[Name] {
  return document.querySelector(name) ?? document.body.appendChild(document.createElement(name));
}
