import {
  type Context,
  type Decision,
  type FeatureSpec,
  isSensitive,
  phraseOf,
  withoutSignals,
} from '@inkling/core';
import type { Act } from './act.ts';
import type * as Ask from './ask-why.ts';
import { fill } from './fill.ts';
import { button, make } from './make-element.ts';
import type { PrivacyControls } from './privacy-controls.ts';
import type { PrivacyTexts } from './privacy-texts.ts';
import { sourcesOf } from './tell-reason.ts';

export interface WhyPanelOptions {
  readonly controls: PrivacyControls;
  readonly texts: PrivacyTexts;
  readonly item: string;
  readonly slot: string;
  /** Undefined where the page stands as authored. */
  readonly decision: Decision | undefined;
  readonly reasons: readonly { readonly group: string; readonly sentence: string }[];
  /** What answers further questions; undefined until it is there. */
  readonly ask: typeof Ask | undefined;
  readonly act: Act;
  readonly onClose: () => void;
}

/** What stands in the panel of reasons, in the order of the document and of the screen. */
export function whyPanel(options: WhyPanelOptions): readonly HTMLElement[] {
  const { texts, item, slot, controls, decision, reasons, ask, act, onClose } = options;
  const less = button(texts.less, '', () => act(() => controls.reject(item, slot), texts.lessDone), 'less');
  const canRemember = controls.page.profile.get() !== undefined;
  less.disabled = !canRemember;
  return [
    make(
      'div',
      { class: 'head' },
      make('h2', { id: 'title', part: 'title' }, texts.why),
      button(texts.close, 'plain', onClose, 'close'),
    ),
    make('p', { part: 'text', dir: 'auto' }, titleOf(options, item)),
    reasons.length > 0
      ? make('ul', {}, ...reasons.map((reason) => reasonRow(options, reason)))
      : make('p', { part: 'text' }, texts.authored),
    make('div', { class: 'answers pair' }, less),
    ...(canRemember ? [] : [make('p', { part: 'text' }, texts.needsMemory)]),
    ...(decision && ask
      ? [...whyNotRows(options, decision, ask), ...changeRows(options, decision, ask)]
      : []),
  ];
}

/** The sentence, what would be without it, and a button that takes the reason away. */
function reasonRow(
  options: WhyPanelOptions,
  { group, sentence }: { readonly group: string; readonly sentence: string },
): HTMLElement {
  const { decision, ask, texts, controls, act, item } = options;
  const row = make('li', {}, make('span', { dir: 'auto' }, sentence));
  if (!decision) return row;
  const { areas, isTaste } = sourcesOf(decision, group);
  const paths = areas.flatMap((area) => pathsOf(decision.request.context, area));
  if (paths.length > 0) {
    const move = ask
      ?.whatIf(decision, { context: withoutSignals(paths) ?? {} })
      .moves.find((moved) => moved.item === item);
    if (ask) row.append(` ${withoutIt(texts, move)}`);
    const signals = new Intl.ListFormat(texts.language).format(areas.map((area) => texts.areas[area]));
    row.append(
      button(
        fill(texts.doNotUse, { signals }),
        'plain',
        () => act(() => controls.use(paths, false), texts.notUsed),
        `off-${group}`,
      ),
    );
  }
  if (isTaste) {
    const forget = () => act(() => controls.forgetTastes(), texts.tastesForgotten);
    row.append(button(texts.forgetTastes, 'plain', forget, `forget-${group}`));
  }
  return row;
}

function withoutIt(texts: PrivacyTexts, move: { readonly to: number | undefined } | undefined): string {
  if (!move) return texts.withoutSame;
  return move.to === undefined ? texts.withoutGone : fill(texts.without, { place: move.to + 1 });
}

/** What else could stand there, to be asked about. */
function whyNotRows(options: WhyPanelOptions, decision: Decision, ask: typeof Ask): readonly HTMLElement[] {
  const { texts, controls } = options;
  const sensitive = new Set(controls.page.pack()?.sensitive);
  const others = decision.request.candidates.filter(
    (candidate) =>
      !decision.chosen.some(({ id }) => id === candidate.item.id) && !isSensitive(candidate.item, sensitive),
  );
  if (others.length === 0) return [];
  const answer = make('p', { role: 'status', part: 'text' });
  const select = make(
    'select',
    { id: 'why-not', 'aria-labelledby': 'why-not-title' },
    make('option', { value: '' }, texts.pick),
    ...others.map(({ item }) => make('option', { value: item.id, dir: 'auto' }, titleOf(options, item.id))),
  );
  select.addEventListener('change', () => {
    answer.textContent = '';
    if (select.value === '') return;
    const { sentence, rival } = ask.whyNot(decision, select.value);
    answer.append(make('span', { dir: 'auto' }, sentence));
    if (rival !== undefined) answer.append(` ${fill(texts.rival, { item: titleOf(options, rival) })}`);
  });
  return [make('h3', { id: 'why-not-title' }, texts.whyNot), select, answer];
}

function changeRows(options: WhyPanelOptions, decision: Decision, ask: typeof Ask): readonly HTMLElement[] {
  const { texts } = options;
  const change = ask.smallestChange(decision);
  const word = (value: string) =>
    value === 'unknown'
      ? texts.unknown
      : phraseOf(decision.request.encoder.spec as FeatureSpec, change?.signal ?? '', value);
  return [
    make('h3', {}, texts.change),
    make(
      'p',
      { part: 'text' },
      change?.first === undefined
        ? texts.noChange
        : fill(texts.wouldChange, {
            signal: texts.areas[change.signal.split('.')[0] as keyof Context],
            from: word(change.from),
            to: word(change.to),
            item: titleOf(options, change.first),
          }),
    ),
  ];
}

function titleOf({ controls }: WhyPanelOptions, id: string): string {
  return controls.page.item(id)?.title ?? id;
}

function pathsOf(context: Context, area: keyof Context): readonly string[] {
  return Object.keys(context[area]).map((field) => `${area}.${field}`);
}
