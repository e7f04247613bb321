import type { Act } from './act.ts';
import { download } from './download.ts';
import { fill } from './fill.ts';
import { button, checkboxRow, make } from './make-element.ts';
import type { MomentRows } from './moment-rows.ts';
import type { PrivacyControls } from './privacy-controls.ts';
import type { PrivacyTexts } from './privacy-texts.ts';
import { tellPast } from './tell-past.ts';

/** What was put first in a place of the page, and why; without a sentence as its makers arranged it. */
export interface Story {
  readonly title: string;
  readonly sentence: string | undefined;
}

export interface PrivacyPanelOptions {
  readonly controls: PrivacyControls;
  readonly texts: PrivacyTexts;
  /** Undefined while its code is not here. */
  readonly momentRows: MomentRows | undefined;
  readonly stories: readonly Story[];
  /** Areas whose signals are shown one by one; kept by the panel. */
  readonly opened: Set<string>;
  /** Whatever there is of receipts. */
  readonly receipts: readonly HTMLElement[];
  readonly act: Act;
  readonly onClose: () => void;
  /** Opens the choices by purpose; undefined where nothing can. */
  readonly onChoices: (() => void) | undefined;
}

/** What stands in the privacy centre, in the order of the document and of the screen. */
export function privacyPanel(options: PrivacyPanelOptions): readonly HTMLElement[] {
  const { texts, stories, receipts, onClose, onChoices } = options;
  return [
    make(
      'div',
      { class: 'head' },
      make('h2', { id: 'title', part: 'title' }, texts.title),
      button(texts.close, 'plain', onClose, 'close'),
    ),
    ...aboutMoment(options),
    ...pastRows(options),
    ...listOf(
      texts.decisions,
      stories.map(({ title, sentence = texts.asAuthored }) =>
        make('li', { dir: 'auto' }, `${title}: ${sentence}`),
      ),
    ),
    ...receipts,
    ...(onChoices
      ? [make('div', { class: 'answers pair' }, button(texts.choices, '', onChoices, 'choices'))]
      : []),
  ];
}

function aboutMoment(options: PrivacyPanelOptions): readonly HTMLElement[] {
  const { controls, texts, momentRows } = options;
  const rows = momentRows?.(options);
  return [
    make('h3', {}, texts.moment),
    make('p', { part: 'text' }, rows?.length ? texts.momentDetail : rows ? texts.nothing : ''),
    ...(rows ?? []),
    toggle('neutral', options, (wanted) => controls.setNeutral(wanted)),
    ...(controls.page.profile.get() ? [] : [make('p', { part: 'text' }, texts.thisPageOnly)]),
  ];
}

function pastRows(options: PrivacyPanelOptions): readonly HTMLElement[] {
  const { controls, texts, act } = options;
  const heading = make('h3', {}, texts.past);
  const profile = controls.page.profile.get();
  if (!profile) return [heading, make('p', { part: 'text' }, texts.notRemembered)];
  const past = tellPast(controls, profile);
  const date = dateFormat(texts);
  const list = new Intl.ListFormat(texts.language);
  const lines = [
    fill(texts.remembered, { since: date.format(past.since), until: date.format(past.until) }),
    ...(['likes', 'dislikes', 'lookedAt'] as const)
      .filter((name) => past[name].length > 0)
      .map((name) => fill(texts[name], { list: list.format(past[name]) })),
    ...(past.rejected > 0 ? [fill(texts.rejected, { count: past.rejected })] : []),
  ];
  const topics = past.topics.map(({ tag, phrase, isLiked }) => {
    const topic = button(phrase, 'plain', () => act(() => controls.pick(tag, !isLiked)), `topic-${tag}`);
    topic.setAttribute('aria-pressed', String(isLiked));
    return topic;
  });
  return [
    heading,
    ...lines.map((line) => make('p', { part: 'text' }, line)),
    toggle('paused', options, (wanted) => controls.setPaused(wanted)),
    ...(topics.length > 0
      ? [
          make('h3', { id: 'topics' }, texts.topics),
          make('div', { class: 'topics', role: 'group', 'aria-labelledby': 'topics' }, ...topics),
        ]
      : []),
    make(
      'div',
      { class: 'answers pair' },
      button(texts.download, '', () => act(() => downloadProfile(controls)), 'download'),
      button(texts.erase, '', () => act(() => controls.erase(), texts.erased), 'erase'),
    ),
  ];
}

function toggle(
  name: 'neutral' | 'paused',
  { controls, texts, act }: PrivacyPanelOptions,
  set: (isOn: boolean) => Promise<void>,
): HTMLElement {
  const { row, input } = checkboxRow(name, { label: texts[name], detail: texts[`${name}Detail`] });
  input.checked = controls[name];
  input.addEventListener('change', () => act(() => set(input.checked)));
  return row;
}

async function downloadProfile({ page }: PrivacyControls): Promise<void> {
  const file = await page.profile.export();
  if (file !== undefined) download(file, 'inkling-profile.json');
}

function listOf(heading: string, lines: readonly HTMLElement[]): readonly HTMLElement[] {
  return lines.length > 0 ? [make('h3', {}, heading), make('ul', {}, ...lines)] : [];
}

function dateFormat({ language }: PrivacyTexts): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long' });
}
