import type { Act } from './act.ts';
import { download } from './download.ts';
import { fill } from './fill.ts';
import { button, make } from './make-element.ts';
import type { Receipt } from './privacy-page.ts';
import type { PrivacyTexts } from './privacy-texts.ts';

export interface ReceiptRowOptions {
  readonly texts: PrivacyTexts;
  readonly act: Act;
  /** A receipt is gone: the rows are to be shown anew. */
  readonly onDeleted: () => Promise<void>;
}

/** A heading and a row for each receipt, to download or delete it; nothing where there are none. */
export function receiptRows(
  receipts: readonly Receipt[],
  { texts, act, onDeleted }: ReceiptRowOptions,
): readonly HTMLElement[] {
  if (receipts.length === 0) return [];
  const date = new Intl.DateTimeFormat(texts.language, { dateStyle: 'long' });
  const rows = receipts.map((receipt, index) => {
    const text = fill(texts.receipt, { date: date.format(receipt.at) });
    const id = `receipt-${index}`;
    const save = button(text, 'plain', () => act(() => download(receipt.file, 'consent-receipt.json')), id);
    if (!receipt.delete) return make('li', {}, save);
    const erase = async () => {
      await receipt.delete?.();
      await onDeleted();
    };
    const remove = button(texts.erase, 'plain', () => act(erase), `erase-${id}`);
    remove.setAttribute('aria-labelledby', `erase-${id} ${id}`);
    return make('li', {}, save, ' ', remove);
  });
  return [make('h3', {}, texts.receipts), make('ul', {}, ...rows)];
}
