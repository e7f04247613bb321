import type { SignalPath } from '@inkling/core';
import type { MomentSentences } from './moment-sentences.ts';

/** A signal as a plain sentence; by its name and value where nobody wrote one, as for what a site declares itself.
 * @param value as text, known */
export function saySignal(path: string, value: string, texts: MomentSentences): string {
  return fill(path, wordFor(path, value, texts), texts);
}

/** The same sentence without a value. */
export function leaveOpen(path: string, texts: MomentSentences): string {
  return fill(path, '…', texts);
}

function fill(path: string, said: string, { sentences }: MomentSentences): string {
  // Any path may be looked up.
  const sentence = sentences[path as SignalPath];
  return sentence ? sentence.replace('{value}', () => said) : `${wordsOf(path)}: ${said}.`;
}

function wordFor(path: string, value: string, { language, words }: MomentSentences): string {
  const date = (options: Intl.DateTimeFormatOptions, ...parts: [month: number, day: number, hour: number]) =>
    new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' }).format(Date.UTC(2024, ...parts));
  const number = Number(value);
  switch (path) {
    case 'time.hour':
      return date({ hour: 'numeric' }, 0, 1, number);
    case 'time.weekday':
      // The first of January 2024 is a Monday.
      return date({ weekday: 'long' }, 0, number, 0);
    case 'time.month':
      return date({ month: 'long' }, number - 1, 1, 0);
    case 'page.depth':
      return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(number);
    case 'device.language':
      return nameOf('language', value, language);
    case 'geo.country':
      return nameOf('region', value, language);
    case 'geo.cell':
      return value.replace(',', ', ');
    case 'session.lastItems':
      return value.replaceAll(',', ', ');
  }
  const own = (name: string) => (Object.hasOwn(words, name) ? words[name] : undefined);
  return own(`${path}=${value}`) ?? own(value) ?? value;
}

/** A code that the browser has no name for stands as it is. */
function nameOf(type: 'language' | 'region', code: string, language: string): string {
  try {
    return new Intl.DisplayNames(language, { type }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** `device.colorScheme` is `color scheme`. */
function wordsOf(path: string): string {
  return path
    .slice(path.indexOf('.') + 1)
    .replace(/[A-Z]/g, (letter) => ` ${letter}`)
    .toLowerCase();
}
