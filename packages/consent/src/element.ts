import { createPanel } from './consent-panel.ts';
import { type ConsentTexts, ENGLISH } from './consent-texts.ts';
import type { Consent } from './create-consent.ts';
import { isDue } from './is-due.ts';
import { loadTexts } from './load-texts.ts';
import { make } from './make-element.ts';
import { PanelElement, type PanelNodes } from './panel-element.ts';

export type { ConsentTexts } from './consent-texts.ts';

const LANGUAGES = {
  ar: () => import('./texts/consent-ar.ts'),
  de: () => import('./texts/consent-de.ts'),
  fr: () => import('./texts/consent-fr.ts'),
};

/**
 * Asks for consent at the bottom of the page, beside the page and never in its way: it shows itself while no choice
 * is in force, without taking the focus, and `open()` brings it back later. Closing it decides nothing. Where the
 * browser sends Global Privacy Control it asks nothing and says, in its own place, that the signal was honoured.
 *
 * Give it a `consent`; that object alone stores anything. What stands inside the element, such as a link to the
 * privacy notice, is shown under the text.
 */
export class InklingConsentElement extends PanelElement<ConsentTexts> {
  #consent: Consent | undefined;
  #view: 'closed' | 'banner' | 'preferences' = 'closed';
  #stop: (() => void) | undefined;

  constructor() {
    super({
      english: ENGLISH,
      load: (language) => loadTexts(language, LANGUAGES),
      properties: ['consent'],
    });
  }

  /** What the element shows and lets the visitor change. */
  get consent(): Consent | undefined {
    return this.#consent;
  }

  set consent(consent: Consent | undefined) {
    this.#consent = consent;
    if (this.isConnected) this.#start();
  }

  /** Shows the choices by purpose with their present state and moves the focus to them. To be called on a visitor's act. */
  open(): void {
    this.#view = 'preferences';
    this.render();
    this.focusPanel();
  }

  override close(): void {
    this.#view = 'closed';
    this.render();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  #start(): void {
    this.#stop?.();
    this.#stop = this.#consent?.subscribe(() => this.#update());
    this.#view = 'closed';
    this.#update();
  }

  #update(): void {
    if (this.#view !== 'preferences') {
      const isAsking = this.#consent && isDue(this.#consent);
      this.#view = isAsking ? 'banner' : 'closed';
    }
    this.render();
  }

  protected override nodes(texts: ConsentTexts): PanelNodes {
    const consent = this.#consent;
    const beside = consent?.cause === 'gpc' ? make('span', { part: 'status' }, texts.honoured) : undefined;
    if (!consent || this.#view === 'closed') return { beside };
    let text: string | undefined;
    const panel = createPanel({
      view: this.#view,
      consent,
      texts,
      onChoice: (choice) => {
        this.close();
        consent.choose(choice, { text, language: texts.language });
      },
      onClose: () => this.close(),
      onDetails: () => this.open(),
    });
    import('./page-records.ts')
      .then(async ({ hashNotice }) => {
        text = await hashNotice(panel.textContent + this.textContent, crypto.subtle);
      })
      // Where the code is missing, or the page came without TLS, there is no hash.
      .catch(() => {});
    return { beside, panel };
  }
}
