import { PURPOSES, type Purpose } from '@inkling/core';
import type { ConsentTexts } from './consent-texts.ts';
import type { Consent, ConsentChoice } from './create-consent.ts';

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
    { part: 'panel', 'aria-labelledby': 'title', lang: texts.language, tabindex: '-1', popover: 'manual' },
    make('header', {}, title, close),
    make('p', { part: 'text' }, isBanner ? texts.body : texts.necessary),
    make('slot', {}),
    ...rows.map(({ row }) => row),
    isBanner
      ? make(
          'footer',
          {},
          refuse,
          button(texts.accept, '', () => on.onChoice('accept-all')),
          button(texts.choose, 'plain', on.onDetails),
        )
      : make(
          'footer',
          { class: 'pair' },
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
    const detail = `${purpose}-detail`;
    const input = make('input', {
      type: 'checkbox',
      id: purpose,
      part: 'checkbox',
      'aria-describedby': detail,
    });
    input.checked = purposes[purpose] === 'granted';
    const label = make('label', { for: purpose }, texts[purpose]);
    const row = make(
      'div',
      { class: 'purpose', part: 'purpose' },
      input,
      label,
      make('p', { id: detail }, texts[`${purpose}Detail`]),
    );
    return { purpose, input, row };
  });
}

/** All answers share one look and one part name: a theme cannot favour one of them. */
function button(text: string, look: 'plain' | '', onClick: () => void): HTMLButtonElement {
  const node = make('button', { type: 'button', class: look, part: look || 'answer' }, text);
  node.addEventListener('click', onClick);
  return node;
}

/** Nodes and attributes only, never markup or inline styles: fit for a strict CSP with Trusted Types. */
function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}
