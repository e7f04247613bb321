import type { Act } from './act.ts';
import type * as Ask from './ask-why.ts';
import { PrivacyDialog } from './privacy-dialog.ts';
import type { PrivacyTexts } from './privacy-texts.ts';
import { type WhyPanelOptions, whyPanel } from './why-panel.ts';

type Asked = Pick<WhyPanelOptions, 'slot' | 'item'>;
type Answer = Asked & Pick<WhyPanelOptions, 'decision' | 'reasons'>;

/** Why an item stands where it does, and the visitor's say in it. What is answered is the decision that was on the page
 * when it was opened; what the visitor takes away of it the next decision obeys, at once. */
export class InklingWhyElement extends PrivacyDialog {
  #answer: Answer | undefined;
  #ask: typeof Ask | undefined;

  /** To be called on a visitor's act: the focus moves into the panel. Does nothing for a slot that was not decided. */
  async open({ slot, item }: Asked): Promise<void> {
    const page = this.controls?.page;
    const slate = page?.slates().find((decided) => decided.slot === slot);
    if (!page || !slate) return;
    const decision = page.decision(slate);
    const { reasons } = await page.explain(slate, item);
    this.#answer = { slot, item, decision, reasons };
    this.show();
    // Without it the reasons still stand.
    this.#ask ??= await import('./ask-why.ts').catch(() => undefined);
    if (this.isOpen) this.render();
  }

  protected override content(texts: PrivacyTexts, act: Act): readonly HTMLElement[] {
    const { controls } = this;
    if (!controls || !this.#answer) return [];
    return whyPanel({
      ...this.#answer,
      controls,
      texts,
      ask: this.#ask,
      act,
      onClose: () => this.close(),
    });
  }
}
