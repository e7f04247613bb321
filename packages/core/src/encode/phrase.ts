import type { FeatureSpec } from './feature-spec.ts';

/** The spec's phrase for a value, else the value itself. Only what the pack itself says: a value may bear a name that every
 * object has. */
export function phraseOf({ phrases }: FeatureSpec, kind: string, value: string): string {
  const words = Object.hasOwn(phrases, kind) ? phrases[kind] : undefined;
  return (words && Object.hasOwn(words, value) && words[value]) || value;
}
