import { isSensitive, type Slate } from '@inkling/core';
import type { Act } from './act.ts';
import type { MomentRows } from './moment-rows.ts';
import { PrivacyDialog } from './privacy-dialog.ts';
import type { PrivacyPage, Receipt } from './privacy-page.ts';
import { privacyPanel, type Story } from './privacy-panel.ts';
import type { PrivacyTexts } from './privacy-texts.ts';
import type { receiptRows } from './receipt-rows.ts';

/** The visitor's own view: what is known in sentences, what of it may be used, what is remembered, what was chosen and
 * why. */
export class InklingPrivacyElement extends PrivacyDialog {
  /** Opens the choices by purpose; without it there is no button for that. */
  onChoices: (() => void) | undefined;
  #stop: (() => void) | undefined;
  #momentRows: MomentRows | undefined;
  #stories: readonly Story[] = [];
  #receipts: readonly Receipt[] = [];
  #rows: typeof receiptRows | undefined;
  readonly #opened = new Set<string>();

  constructor() {
    super(['onChoices']);
  }

  /** To be called on a visitor's act: the focus moves into the panel. */
  open(): void {
    this.#stop?.();
    this.#stop = this.controls?.page.on('decision', () => void this.#look());
    this.show();
    void this.#look();
  }

  override close(): void {
    this.#stop?.();
    super.close();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  protected override content(texts: PrivacyTexts, act: Act): readonly HTMLElement[] {
    const { controls, onChoices } = this;
    if (!controls) return [];
    return privacyPanel({
      controls,
      texts,
      momentRows: this.#momentRows,
      stories: this.#stories,
      opened: this.#opened,
      receipts: this.#rows?.(this.#receipts, { texts, act, onDeleted: () => this.#look() }) ?? [],
      act,
      onClose: () => this.close(),
      onChoices,
    });
  }

  /** Reads what takes its time, and shows it when it is there. */
  async #look(): Promise<void> {
    const page = this.controls?.page;
    if (!page) return;
    const [momentRows, stories, receipts = []] = await Promise.all([
      this.#momentRows ??
        import('./moment-rows.ts')
          .then(({ momentRowsIn }) => momentRowsIn(this.language))
          .catch(() => undefined),
      Promise.all(page.slates().map((slate) => tellSlate(page, slate))),
      page.receipts?.().catch(() => []),
    ]);
    this.#momentRows = momentRows;
    this.#stories = stories.filter((story) => story !== undefined);
    this.#receipts = receipts;
    // Without it the rest still stands.
    if (receipts.length > 0)
      this.#rows ??= (await import('./page-records.ts').catch(() => undefined))?.receiptRows;
    if (this.isOpen) this.render();
  }
}

/** The first item of a slate that may be named, and the first reason for it. */
async function tellSlate(page: PrivacyPage, slate: Slate): Promise<Story | undefined> {
  const sensitive = new Set(page.pack()?.sensitive);
  const item = slate.items
    .map(({ id }) => page.item(id))
    .find((found) => found && !isSensitive(found, sensitive));
  if (!item) return undefined;
  const { reasons } = await page.explain(slate, item.id);
  return { title: item.title ?? item.id, sentence: reasons[0]?.sentence };
}
