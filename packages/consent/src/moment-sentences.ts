import type { SignalPath } from '@inkling/core';

/** What is said of a signal that no sentence of the pack mentions. */
export interface MomentSentences {
  /** BCP 47 tag, for the names of days, months, languages and countries. */
  readonly language: string;
  /** By path; `{value}` is what is known, in the words below. A signal that is not here stands by its name. */
  readonly sentences: Readonly<Partial<Record<SignalPath, string>>>;
  /** By path where a value means one thing there, else by the value. @default the value itself */
  readonly words: Readonly<Record<string, string>>;
}

export const ENGLISH_MOMENT: MomentSentences = {
  language: 'en',
  sentences: {
    'time.hour': 'It is {value}.',
    'time.weekday': 'It is a {value}.',
    'time.month': 'The month is {value}.',
    'time.season': 'The season is {value}.',
    'time.daypart': 'It is {value}.',
    'time.daylight': 'It is {value} outside.',
    'device.form': 'You are on a {value}.',
    'device.pointer': 'You point with a {value}.',
    'device.viewport': 'The window is {value}.',
    'device.language': 'Your browser’s language is {value}.',
    'device.colorScheme': 'You have {value} colours.',
    'device.reducedMotion': 'Less movement: {value}.',
    'device.dataSaver': 'Saving data: {value}.',
    'geo.country': 'You are in {value}.',
    'geo.region': 'The region is {value}.',
    'geo.cell': 'You are within some 25 km of {value}.',
    'geo.source': 'The place is known from {value}.',
    'weather.condition': 'The weather: {value}.',
    'weather.temperature': 'It is {value} outside.',
    'weather.wind': 'The air is {value}.',
    'weather.daylight': 'It is {value} there.',
    'referral.channel': 'You came {value}.',
    'referral.campaign': 'You followed the campaign {value}.',
    'page.type': 'This page is: {value}.',
    'page.item': 'This page shows {value}.',
    'page.depth': 'You have seen {value} of this page.',
    'page.dwell': 'Seconds on this page so far: {value}.',
    'session.pages': 'Pages seen before in this visit: {value}.',
    'session.lastItems': 'You last looked at {value}.',
    'session.cart': 'Things in your cart: {value}.',
    'visit.type': 'You are {value}.',
  },
  words: {
    true: 'yes',
    false: 'no',
    coarse: 'finger',
    fine: 'mouse',
    'geo.source=edge': 'your connection',
    'geo.source=timezone': 'your time zone',
    'weather.condition=clear': 'clear sky',
    'referral.channel=direct': 'directly',
    'referral.channel=search': 'from a search',
    'referral.channel=social': 'from a social network',
    'referral.channel=email': 'from an e-mail',
    'referral.channel=campaign': 'from a campaign',
    'referral.channel=internal': 'from another page here',
    'referral.channel=other': 'from another site',
    'visit.type=new': 'here for the first time',
    'visit.type=returning': 'back again',
  },
};
