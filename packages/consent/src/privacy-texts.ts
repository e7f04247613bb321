import type { Context } from '@inkling/core';
import type { PanelTexts } from './panel-element.ts';

/** Every text of the privacy centre and of the reasons, as plain text. `{…}` is replaced. */
export interface PrivacyTexts extends PanelTexts {
  readonly title: string;
  readonly moment: string;
  readonly momentDetail: string;
  /** What the areas of the moment are called. */
  readonly areas: Readonly<Record<keyof Context, string>>;
  /** Opens a switch for each signal of an area. */
  readonly each: string;
  readonly notUsed: string;
  readonly nothing: string;
  readonly neutral: string;
  readonly neutralDetail: string;
  readonly thisPageOnly: string;
  readonly past: string;
  readonly notRemembered: string;
  /** `{since}` and `{until}` are dates. */
  readonly remembered: string;
  readonly likes: string;
  readonly dislikes: string;
  readonly lookedAt: string;
  readonly rejected: string;
  readonly paused: string;
  readonly pausedDetail: string;
  readonly topics: string;
  readonly download: string;
  readonly erase: string;
  readonly erased: string;
  readonly decisions: string;
  readonly asAuthored: string;
  readonly receipts: string;
  /** `{date}`. */
  readonly receipt: string;
  readonly choices: string;
  readonly failed: string;
  readonly why: string;
  readonly authored: string;
  /** `{place}` counts from 1. */
  readonly without: string;
  readonly withoutGone: string;
  readonly withoutSame: string;
  /** `{signals}` are names of areas. */
  readonly doNotUse: string;
  readonly forgetTastes: string;
  readonly tastesForgotten: string;
  readonly less: string;
  readonly lessDone: string;
  readonly needsMemory: string;
  readonly whyNot: string;
  readonly pick: string;
  /** `{item}`. */
  readonly rival: string;
  readonly change: string;
  /** `{signal}`, `{from}`, `{to}`, `{item}`. */
  readonly wouldChange: string;
  readonly noChange: string;
  readonly unknown: string;
}

export const ENGLISH_PRIVACY: PrivacyTexts = {
  language: 'en',
  close: 'Close',
  title: 'Privacy on this page',
  moment: 'What is known of this moment',
  momentDetail: 'Untick what should not be used.',
  areas: {
    time: 'Time and season',
    device: 'Your device',
    geo: 'Roughly where you are',
    weather: 'The weather',
    referral: 'Where you came from',
    page: 'This page',
    session: 'This visit',
    visit: 'Earlier visits',
    custom: 'This site',
  },
  each: 'One by one',
  notUsed: 'Not used.',
  nothing: 'Nothing is known.',
  neutral: 'Show the page as everyone sees it',
  neutralDetail: 'Nothing known of you arranges it.',
  thisPageOnly: 'Not remembered: this holds for this page.',
  past: 'What is remembered',
  notRemembered: 'Nothing of you is remembered.',
  remembered: 'On this device only, since {since}, and erased by itself on {until}.',
  likes: 'You seem to like {list}.',
  dislikes: 'You seem to dislike {list}.',
  lookedAt: 'You looked at {list}.',
  rejected: 'Things you asked to see less of: {count}.',
  paused: 'Learn nothing more',
  pausedDetail: 'Only what you ask to see less of is noted.',
  topics: 'Pick what you like',
  download: 'Download',
  erase: 'Erase',
  erased: 'All is erased, these settings too.',
  decisions: 'Chosen on this page',
  asAuthored: 'as its makers arranged it.',
  receipts: 'Your receipts',
  receipt: 'Receipt of {date}',
  choices: 'Your choices',
  failed: 'That failed.',
  why: 'Why this?',
  authored: 'It stands where the makers of this page put it.',
  without: 'Without it: in place {place}.',
  withoutGone: 'Without it: not among the first.',
  withoutSame: 'Without it: in the same place.',
  doNotUse: 'Do not use: {signals}',
  forgetTastes: 'Forget my tastes, learn nothing more',
  tastesForgotten: 'Your tastes are forgotten.',
  less: 'Less like this',
  lessDone: 'You will see less like this.',
  needsMemory: 'For that, this site must be allowed to remember.',
  whyNot: 'Why not …',
  pick: 'Pick another thing',
  rival: 'Shown instead: {item}.',
  change: 'What would change it',
  wouldChange: '{signal}: “{to}” instead of “{from}” would put {item} first.',
  noChange: 'No single other fact would.',
  unknown: 'unknown',
};
