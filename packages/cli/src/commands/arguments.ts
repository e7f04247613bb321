import { InvalidArgumentError } from 'commander';

export function wholeNumber(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a whole number above 0');
}

export function share(text: string): number {
  if (/^(0|1|0?\.\d+)$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a number from 0 to 1');
}

export function positiveNumber(text: string): number {
  if (/^(\d+\.?\d*|\.\d+)$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('expected a number above 0');
}

export function amount(text: string): number {
  if (text.trim() !== '' && Number(text) >= 0 && Number(text) < Infinity) return Number(text);
  throw new InvalidArgumentError('expected a number from 0');
}

/** Whole numbers with commas between them. */
export function widths(text: string): readonly number[] {
  return text.split(',').map(wholeNumber);
}
