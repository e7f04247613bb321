import type { Act } from './act.ts';
import { checkboxRow, make } from './make-element.ts';
import type { PrivacyControls } from './privacy-controls.ts';
import type { PrivacyTexts } from './privacy-texts.ts';
import { type KnownArea, momentTeller } from './tell-moment.ts';

interface MomentRowsOptions {
  readonly controls: PrivacyControls;
  readonly texts: PrivacyTexts;
  readonly act: Act;
  /** Areas whose signals are shown one by one; kept by the rows. */
  readonly opened: Set<string>;
}

/** What is known of the moment, area by area, with a switch for each, and behind it one for each signal. */
export type MomentRows = (options: MomentRowsOptions) => readonly HTMLElement[];

/** @param language BCP 47 tag */
export async function momentRowsIn(language: string): Promise<MomentRows> {
  const tell = await momentTeller(language);
  return (options) => tell(options.controls).flatMap((known) => areaRows(known, options));
}

function areaRows(known: KnownArea, options: MomentRowsOptions): readonly HTMLElement[] {
  const { area, paths, isUsed, text, signals } = known;
  const { controls, texts, act } = options;
  const { row, input } = checkboxRow(area, { label: texts.areas[area], detail: text || texts.notUsed });
  input.checked = isUsed;
  // A part of it.
  input.indeterminate = !isUsed && text !== '';
  input.addEventListener('change', () => act(() => controls.use(paths, input.checked)));
  return signals.length > 1 ? [row, oneByOne(known, options)] : [row];
}

function oneByOne(
  { area, signals }: KnownArea,
  { controls, texts, act, opened }: MomentRowsOptions,
): HTMLElement {
  const rows = signals.map(({ path, isUsed, text }) => {
    const input = make('input', { type: 'checkbox', id: path, part: 'checkbox' });
    input.checked = isUsed;
    input.addEventListener('change', () => act(() => controls.use([path], input.checked)));
    return make('div', { class: 'purpose' }, input, make('label', { for: path, dir: 'auto' }, text));
  });
  const label = `${texts.each}: ${texts.areas[area]}`;
  const summary = make('summary', { id: `each-${area}`, 'aria-label': label }, texts.each);
  const details = make('details', {}, summary, ...rows);
  details.open = opened.has(area);
  details.addEventListener('toggle', () => (details.open ? opened.add(area) : opened.delete(area)));
  return details;
}
