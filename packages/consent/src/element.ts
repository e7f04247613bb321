import { createPanel } from './consent-panel.ts';
import { type ConsentTexts, ENGLISH } from './consent-texts.ts';
import type { Consent, ConsentChoice } from './create-consent.ts';
import { isDue } from './is-due.ts';
import { PANEL_STYLE } from './panel-style.ts';

export type { ConsentTexts } from './consent-texts.ts';

/** Lets the module be imported where there is no DOM, e.g. when a page is rendered on a server. */
const Base: typeof HTMLElement = globalThis.HTMLElement ?? Object;

/**
 * Asks for consent at the bottom of the page, beside the page and never in its way: it shows itself while no choice
 * is in force, without taking the focus, and `open()` brings it back later. Closing it decides nothing. Where the
 * browser sends Global Privacy Control it asks nothing and says, in its own place, that the signal was honoured.
 *
 * Give it a `consent`; that object alone stores anything. What stands inside the element, such as a link to the
 * privacy notice, is shown under the text.
 */
export class InklingConsentElement extends Base {
  #consent: Consent | undefined;
  #texts: Partial<ConsentTexts> = {};
  #view: 'closed' | 'banner' | 'preferences' = 'closed';
  #root: ShadowRoot;
  #stop: (() => void) | undefined;
  #panel: HTMLElement | undefined;
  /** What had the focus before the panel did. */
  #origin: HTMLElement | undefined;

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(PANEL_STYLE);
    this.#root.adoptedStyleSheets = [sheet];
    this.addEventListener('focusin', ({ relatedTarget }) => {
      if (relatedTarget instanceof HTMLElement && !this.contains(relatedTarget)) this.#origin = relatedTarget;
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

  /** Texts to show instead of the English ones. */
  get texts(): Partial<ConsentTexts> {
    return this.#texts;
  }

  set texts(texts: Partial<ConsentTexts>) {
    this.#texts = texts;
    this.#render();
  }

  /** Shows the choices by purpose with their present state and moves the focus to them. To be called on a visitor's act. */
  open(): void {
    this.#view = 'preferences';
    this.#render();
    this.#panel?.focus();
  }

  /** Takes the panel away without deciding anything; the focus goes back to where it came from. */
  close(): void {
    this.#view = 'closed';
    this.#render();
  }

  connectedCallback(): void {
    // A property set before the element was defined stands in front of its accessor.
    for (const name of ['texts', 'consent'] as const) {
      if (!Object.hasOwn(this, name)) continue;
      const { [name]: value } = this;
      delete this[name];
      Object.assign(this, { [name]: value });
    }
    document.addEventListener('keydown', this.#onKey);
    this.#start();
  }

  disconnectedCallback(): void {
    document.removeEventListener('keydown', this.#onKey);
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
    this.#render();
  }

  #choose(choice: ConsentChoice): void {
    this.close();
    this.#consent?.choose(choice);
  }

  #render(): void {
    // Not :focus-within: in Chromium it does not see into a popover. Outside a document there is no active element.
    const hadFocus = this.contains((this.getRootNode() as Document | ShadowRoot).activeElement);
    const consent = this.#consent;
    const texts = { ...ENGLISH, ...this.#texts };
    const nodes: HTMLElement[] = [];
    this.#panel = undefined;
    if (consent?.cause === 'gpc') {
      const status = document.createElement('span');
      status.part = 'status';
      status.lang = texts.language;
      status.textContent = texts.honoured;
      nodes.push(status);
    }
    if (consent && this.#view !== 'closed') {
      this.#panel = createPanel({
        view: this.#view,
        consent,
        texts,
        onChoice: (choice) => this.#choose(choice),
        onClose: () => this.close(),
        onDetails: () => this.open(),
      });
      nodes.push(this.#panel);
    }
    // Reading consent may itself end a choice whose time is up and come back here; so the document changes last.
    this.#root.replaceChildren(...nodes);
    // In the top layer no ancestor's transform, overflow or stacking can hide the question.
    if (this.isConnected) this.#panel?.showPopover?.();
    if (hadFocus) (this.#panel ?? this.#origin)?.focus();
    if (!this.#panel) this.#origin = undefined;
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.#view !== 'closed' && !event.defaultPrevented) this.close();
  };
}
