/** Every text the element shows, as plain text. */
export interface ConsentTexts {
  /** BCP 47 tag of these texts, for voices and hyphenation. */
  readonly language: string;
  readonly title: string;
  readonly body: string;
  readonly accept: string;
  readonly refuse: string;
  readonly choose: string;
  readonly preferences: string;
  readonly refuseAll: string;
  readonly save: string;
  readonly close: string;
  /** Says that the browser's Global Privacy Control was obeyed. */
  readonly honoured: string;
  /** `{days}` is for how long a refusal holds. */
  readonly necessary: string;
  readonly context: string;
  readonly contextDetail: string;
  readonly profile: string;
  readonly profileDetail: string;
  readonly measurement: string;
  readonly measurementDetail: string;
  readonly research: string;
  readonly researchDetail: string;
}

export const ENGLISH: ConsentTexts = {
  language: 'en',
  title: 'May this page adapt to you?',
  body:
    'This site can arrange the page for the moment and remember what you like, on this device only: ' +
    'your interests are never sent. Accepting also adds what was shown and chosen to totals.',
  accept: 'Accept',
  refuse: 'Refuse',
  choose: 'Choose',
  preferences: 'Your choices',
  refuseAll: 'Refuse all',
  save: 'Save',
  close: 'Close',
  honoured: 'Opt-out request honoured',
  necessary:
    'Your answer itself is kept in this browser, a refusal for {days} days, anything else for 180, so that you are not ' +
    'asked on every page.',
  context: 'Adapt to the moment',
  contextDetail: 'Arranges the page by time of day, weather and device; nothing is stored or sent.',
  profile: 'Remember what you like',
  profileDetail: 'Keeps what you look at, search for and like on this device only; refusing deletes it.',
  measurement: 'Count what works',
  measurementDetail: 'Adds to totals what was shown and chosen; what has been counted cannot be taken back.',
  research: 'Share single choices',
  researchDetail:
    'Sends what was shown, when, and what you chose, one by one, without an identifier or your interests.',
};
