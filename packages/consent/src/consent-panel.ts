import { PURPOSES, type Purpose } from '@inkling/core';
import type { ConsentTexts } from './consent-texts.ts';
import type { Consent, ConsentChoice } from './create-consent.ts';
import { button, checkboxRow, make } from './make-element.ts';

export interface PanelOptions {
  /** The first question, or the choices by purpose with their present state. */
  readonly view: 'banner' | 'preferences';
  readonly consent: Consent;
  readonly texts: ConsentTexts;
  /** The visitor answers; nothing else than this is a choice. */
  readonly onChoice: (choice: ConsentChoice) => void;
  readonly onClose: () => void;
  /** The visitor wants to choose by purpose. */
  readonly onDetails: () => void;
}

type Asked = Exclude<Purpose, 'necessary'>;

/** Builds the panel of one view. Its order in the document is its order on the screen. */
export function createPanel({ view, consent, texts, ...on }: PanelOptions): HTMLElement {
  const isBanner = view === 'banner';
  const title = make('h2', { id: 'title', part: 'title' }, isBanner ? texts.title : texts.preferences);
  const close = button(texts.close, 'plain', on.onClose);
  const refuse = button(isBanner ? texts.refuse : texts.refuseAll, '', () => on.onChoice('refuse-all'));
  const rows = isBanner ? [] : purposeRows(consent, texts);
  return make(
    'section',
    { part: 'panel', 'aria-labelledby': 'title', tabindex: '-1', popover: 'manual' },
    make('div', { class: 'head' }, title, close),
    make(
      'p',
      { part: 'text' },
      isBanner ? texts.body : texts.necessary.replace('{days}', `${consent.rule.refusalDays}`),
    ),
    make('slot', {}),
    ...rows.map(({ row }) => row),
    isBanner
      ? make(
          'div',
          { class: 'answers' },
          refuse,
          button(texts.accept, '', () => on.onChoice('accept-all')),
          button(texts.choose, 'plain', on.onDetails),
        )
      : make(
          'div',
          { class: 'answers pair' },
          refuse,
          button(texts.save, '', () =>
            on.onChoice(Object.fromEntries(rows.map(({ purpose, input }) => [purpose, input.checked]))),
          ),
        ),
  );
}

function purposeRows(
  consent: Consent,
  texts: ConsentTexts,
): { purpose: Asked; input: HTMLInputElement; row: HTMLElement }[] {
  const { purposes } = consent.get();
  return PURPOSES.filter((purpose): purpose is Asked => purpose !== 'necessary').map((purpose) => {
    const { row, input } = checkboxRow(purpose, { label: texts[purpose], detail: texts[`${purpose}Detail`] });
    input.checked = purposes[purpose] === 'granted';
    return { purpose, input, row };
  });
}
