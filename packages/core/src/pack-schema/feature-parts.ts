import { z } from 'zod';
import type { SignalPath } from '../context/context.ts';
import { isSignalPath } from '../context/create-context.ts';
import type { NumberPath, TextPath } from '../encode/source-path.ts';
import { id, text } from './parts.ts';

/** Every feature has a group and a sentence. */
export const words: { readonly group: z.ZodString; readonly sentence: z.ZodString } = {
  group: id,
  sentence: text,
};

export const signal: z.ZodType<SignalPath> = z.custom<SignalPath>(
  isSignalPath,
  'expected a signal such as "weather.condition"',
);

export const textPath: z.ZodType<TextPath> = z.custom<TextPath>(
  (path) => isSignalPath(path) || /^(item:(id|group|tags)|attribute:.+)$/s.test(String(path)),
  'expected a signal, "item:id", "item:group", "item:tags" or "attribute:NAME"',
);

const NUMBERS: readonly NumberPath[] = [
  'item:price',
  'list:position',
  'list:untouched',
  'age:days',
  'affinity:mean',
  'affinity:max',
  'recent:views',
  'recent:clicks',
  'recent:dwell',
  'recent:carts',
  'recent:purchases',
  'last:minutes',
  'last:rank',
  'last:same',
  'last:abandoned',
  'last:offset',
  'last:after',
  'last:before',
  'last:price',
  'last:neighbours',
  'history:overlap',
  'history:actions',
  'history:minutes',
];

export const numberPath: z.ZodType<NumberPath> = z.custom<NumberPath>(
  (path) =>
    isSignalPath(path) ||
    /^(attribute|taste):.+$/s.test(String(path)) ||
    NUMBERS.some((each) => each === path),
  `expected a signal, "attribute:NAME", "taste:TAG" or one of ${NUMBERS.join(', ')}`,
);
