import { type Context, withoutSignals } from '@inkling/core';
import type { PrivacyPage } from './privacy-page.ts';

/** What a visitor may set of the page, headless: the elements are a face for it. What is set lasts while `profile` is
 * granted, as a part of the profile, else for this page. */
export interface PrivacyControls {
  readonly page: PrivacyPage;
  /** Paths of the signals that are switched off. */
  readonly unused: ReadonlySet<string>;
  readonly neutral: boolean;
  readonly paused: boolean;
  /** Uses these signals, or does not. The page is decided anew at once, as by all that follows. */
  use(paths: readonly string[], isUsed: boolean): Promise<void>;
  /** The page as it was authored, or not. */
  setNeutral(neutral: boolean): Promise<void>;
  /** Nothing more is learnt, or something is again. Does nothing where nothing is remembered, as by all that follows. */
  setPaused(paused: boolean): Promise<void>;
  /** Declares a taste, worth as much as a purchase, or forgets it. */
  pick(tag: string, isLiked: boolean): Promise<void>;
  /** Forgets all tastes, and learns no more. */
  forgetTastes(): Promise<void>;
  /** Less like this. */
  reject(item: string, slot: string): void;
  erase(): Promise<void>;
}

/** The parts that are edited of the file that `profile.export` gives. */
interface ProfileFile {
  tastes: { tag: string; value?: number; at: string }[];
  recents: unknown[];
  learnt: unknown;
  unused?: readonly string[];
  neutral?: boolean;
  paused?: boolean;
}

const DECLARED = 5;

/** @param now epoch ms. @default Date.now */
export function createPrivacyControls(page: PrivacyPage, now: () => number = Date.now): PrivacyControls {
  const { profile, context } = page;
  /** Holds for the page, and for the next ones too where the profile says the same. */
  let unused: ReadonlySet<string> = new Set(profile.get()?.unused);
  let neutral = profile.get()?.neutral ?? false;
  let work: Promise<void> = Promise.resolve();

  /** Edits the profile the way its owner can: as a file, which is checked on its way in. One at a time. */
  function edit(change: (file: ProfileFile) => void): Promise<void> {
    const edited = work
      .then(async () => {
        const text = await profile.export();
        if (text === undefined) return;
        const file = JSON.parse(text) as ProfileFile;
        change(file);
        await profile.import(JSON.stringify(file));
      })
      // Also what could not be kept is obeyed, on this page.
      .finally(decideAnew);
    work = edited.catch(() => {});
    return edited;
  }

  /** Without a profile, a page of which nothing is known is the authored one. */
  function decideAnew(): void {
    const all = neutral && !profile.get() ? signalsOf(context.get()) : [];
    context.override(withoutSignals([...unused, ...all]));
  }

  return {
    page,
    get unused() {
      return unused;
    },
    get neutral() {
      return neutral;
    },
    get paused() {
      return profile.get()?.paused ?? false;
    },
    use(paths, isUsed) {
      const kept = [...unused].filter((path) => !paths.includes(path));
      unused = new Set(isUsed ? kept : [...kept, ...paths]);
      return edit((file) => {
        file.unused = [...unused];
      });
    },
    setNeutral(wanted) {
      neutral = wanted;
      return edit((file) => {
        file.neutral = wanted;
      });
    },
    setPaused: (paused) =>
      edit((file) => {
        file.paused = paused;
      }),
    pick: (tag, isLiked) =>
      edit((file) => {
        file.tastes = file.tastes.filter((taste) => taste.tag !== tag);
        if (isLiked) file.tastes.push({ tag, value: DECLARED, at: new Date(now()).toISOString() });
      }),
    forgetTastes: () =>
      edit((file) => {
        Object.assign(file, { tastes: [], recents: [], learnt: {}, paused: true });
      }),
    reject(item, slot) {
      page.track({ type: 'less_like_this', item, slot });
      decideAnew();
    },
    async erase() {
      unused = new Set();
      neutral = false;
      await profile.erase();
      decideAnew();
    },
  };
}

/** Paths of all signals of a context. */
function signalsOf(context: Context): readonly string[] {
  return Object.entries(context).flatMap(([area, fields]) =>
    Object.keys(fields).map((field) => `${area}.${field}`),
  );
}
