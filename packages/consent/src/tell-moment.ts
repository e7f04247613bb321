import { type Context, type FeatureSpec, isSensitive, type Pack, phraseOf } from '@inkling/core';
import { loadTexts } from './load-texts.ts';
import { ENGLISH_MOMENT, type MomentSentences } from './moment-sentences.ts';
import type { PrivacyControls } from './privacy-controls.ts';
import { leaveOpen, saySignal } from './say-signal.ts';

/** One signal, in a plain sentence; of one that is switched off the value is left open. */
interface KnownSignal {
  readonly path: string;
  readonly isUsed: boolean;
  readonly text: string;
}

/** What is known of one area of the moment, e.g. of the weather. */
export interface KnownArea {
  readonly area: keyof Context;
  /** All its signals. */
  readonly paths: readonly string[];
  /** All of them. */
  readonly isUsed: boolean;
  /** In the pack's sentences, then in plain ones of the page's language. Empty where nothing is known or used. */
  readonly text: string;
  /** Those that are known or switched off. */
  readonly signals: readonly KnownSignal[];
}

export type TellMoment = (controls: Pick<PrivacyControls, 'page' | 'unused'>) => readonly KnownArea[];

const LANGUAGES = {
  ar: () => import('./texts/moment-ar.ts'),
  de: () => import('./texts/moment-de.ts'),
  fr: () => import('./texts/moment-fr.ts'),
};

/** What tells of the moment in a language; in English where there is none, or it does not come.
 * @param language BCP 47 tag */
export async function momentTeller(language: string): Promise<TellMoment> {
  const texts = (await loadTexts(language, LANGUAGES)?.catch(() => undefined)) ?? ENGLISH_MOMENT;
  return (controls) => tellMoment(controls, texts);
}

/** Every area of which something is known, or that the visitor switched off. */
export function tellMoment(
  { page, unused }: Pick<PrivacyControls, 'page' | 'unused'>,
  texts: MomentSentences,
): readonly KnownArea[] {
  const context = page.context.get();
  const pack = page.pack();
  return (Object.keys(context) as (keyof Context)[]).flatMap((area) => {
    const paths = Object.keys(context[area]).map((field) => `${area}.${field}`);
    const isUsed = !paths.some((path) => unused.has(path));
    const heard = (path: string) => named(path, readPath(context, path), page);
    // An empty list says nothing.
    const known = paths.filter((path) => !['unknown', ''].includes(heard(path)));
    const say = (path: string) => saySignal(path, heard(path), texts);
    const text = [
      ...sentencesOf(known, context, pack),
      ...known.filter((path) => !isTold(path, known, pack)).map(say),
    ].join(' ');
    const signals = paths.flatMap((path): KnownSignal[] => {
      if (unused.has(path)) return [{ path, isUsed: false, text: leaveOpen(path, texts) }];
      return known.includes(path) ? [{ path, isUsed: true, text: say(path) }] : [];
    });
    return signals.length > 0 ? [{ area, paths, isUsed, text, signals }] : [];
  });
}

/** The pack's features whose every word is known. What matches an item says something of the item. */
function tellingFeatures(
  known: readonly string[],
  pack: Pack | undefined,
): readonly { readonly sentence: string; readonly names: readonly string[] }[] {
  return (specOf(pack)?.features ?? []).flatMap(({ kind, sentence }) => {
    const names = [...sentence.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
    const tells = kind !== 'match' && names.length > 0 && names.every((name) => known.includes(name));
    return tells ? [{ sentence, names }] : [];
  });
}

function sentencesOf(
  known: readonly string[],
  context: Context,
  pack: Pack | undefined,
): ReadonlySet<string> {
  return new Set(
    tellingFeatures(known, pack).map(({ sentence }) =>
      sentence.replace(/\{([^}]+)\}/g, (_, name: string) =>
        // There are features, so there is a spec.
        phraseOf(specOf(pack) as FeatureSpec, name, readPath(context, name)),
      ),
    ),
  );
}

function isTold(path: string, known: readonly string[], pack: Pack | undefined): boolean {
  return tellingFeatures(known, pack).some(({ names }) => names.includes(path));
}

/** A spec of format 1 has sentences and phrases too. */
function specOf(pack: Pack | undefined): FeatureSpec | undefined {
  return pack?.spec as FeatureSpec | undefined;
}

/** Items by their titles; of one that has a sensitive tag nothing is said. */
function named(path: string, value: string, page: PrivacyControls['page']): string {
  if (path !== 'page.item' && path !== 'session.lastItems') return value;
  const sensitive = new Set(page.pack()?.sensitive);
  return value
    .split(',')
    .map((id) => page.item(id) ?? { id })
    .filter((item) => !isSensitive(item, sensitive))
    .map(({ id, title = id }) => title)
    .join(',');
}

function readPath(context: Context, path: string): string {
  const [area = '', field = ''] = path.split('.');
  // Every path here was made of an area of the context and a field of it.
  return String((context[area as keyof Context] as Readonly<Record<string, unknown>>)[field]);
}
