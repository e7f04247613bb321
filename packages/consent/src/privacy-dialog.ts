import type { Act } from './act.ts';
import { loadTexts } from './load-texts.ts';
import { make } from './make-element.ts';
import { PanelElement, type PanelNodes } from './panel-element.ts';
import type { PrivacyControls } from './privacy-controls.ts';
import { PRIVACY_STYLE } from './privacy-style.ts';
import { ENGLISH_PRIVACY, type PrivacyTexts } from './privacy-texts.ts';

const LANGUAGES = {
  ar: () => import('./texts/privacy-ar.ts'),
  de: () => import('./texts/privacy-de.ts'),
  fr: () => import('./texts/privacy-fr.ts'),
};

/** A panel that shows nothing until the visitor opens it, and that changes while it is open. It stores and sends nothing
 * itself. */
export abstract class PrivacyDialog extends PanelElement<PrivacyTexts> {
  /** What the element shows and lets the visitor change. */
  controls: PrivacyControls | undefined;
  #section: HTMLElement | undefined;
  #status: HTMLElement | undefined;

  constructor(properties: readonly string[] = []) {
    super({
      english: ENGLISH_PRIVACY,
      load: (language) => loadTexts(language, LANGUAGES),
      style: PRIVACY_STYLE,
      properties: ['controls', ...properties],
    });
  }

  protected get isOpen(): boolean {
    return !!this.#section;
  }

  override close(): void {
    this.#section = undefined;
    this.render();
  }

  /** What stands in the panel now, in the order of the document and of the screen. */
  protected abstract content(texts: PrivacyTexts, act: Act): readonly HTMLElement[];

  /** Shows the panel and moves the focus into it. */
  protected show(): void {
    this.#status = make('p', { role: 'status', part: 'text' });
    this.#section = make('section', {
      role: 'dialog',
      part: 'panel',
      'aria-labelledby': 'title',
      tabindex: '-1',
      popover: 'manual',
    });
    this.render();
    this.focusPanel();
  }

  protected override nodes(texts: PrivacyTexts): PanelNodes {
    const panel = this.#section;
    const status = this.#status;
    if (!panel || !status) return {};
    const act: Act = async (work, done = '') => {
      let said = done;
      try {
        await work();
      } catch {
        said = texts.failed;
      }
      this.render();
      // Only what changes while it is there is read out.
      status.textContent = said;
    };
    panel.replaceChildren(...this.content(texts, act), status);
    return { panel };
  }
}
