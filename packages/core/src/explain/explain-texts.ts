import type { FeatureSpec } from '../encode/feature-spec.ts';
import { phraseOf } from '../encode/phrase.ts';

/** What is said where no feature's sentence fits. A pack says it in its own words, or language, by
 * `phrases.explain` of its feature spec, with these names. */
export const EXPLAIN_TEXTS = {
  pin: 'The shop keeps this place for it.',
  explore: 'We are trying something new here.',
  'visitor-cap': 'You have seen what would stand here often enough.',
  cap: 'It makes room for more than one kind.',
  minimum: 'The shop keeps room for things like this.',
  boost: 'The shop puts things like this forward.',
  bury: 'The shop puts other things last.',
  objectives: 'The shop weighs more here than what suits you best.',
  diversity: 'It brings variety to this place.',
  learnt: 'You chose things like this here before.',
  and: ' and ',
  here: 'It is shown here.',
  stay: 'It stays here.',
  'not-considered': 'It was not among the things considered for this place.',
  unavailable: 'It is not available now.',
  dismissed: 'You asked not to see it.',
  shown: 'It is shown on this page already.',
  rule: 'A rule of the shop keeps it out of this place.',
  outscored: 'Others suit this moment better.',
} as const;

export type ExplainText = keyof typeof EXPLAIN_TEXTS;

/** The pack's own words, or the built-in ones. */
export function textOf(spec: FeatureSpec, name: ExplainText): string {
  const own = phraseOf(spec, 'explain', name);
  return own === name ? EXPLAIN_TEXTS[name] : own;
}
