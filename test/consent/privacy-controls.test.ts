import { createPrivacyControls, type PrivacyPage } from '@inkling/consent/privacy';
import {
  type Context,
  type ContextPatch,
  createContext,
  emptyProfile,
  type InklingEvent,
  type Profile,
} from '@inkling/core';
import { exportProfile, importProfile } from '@inkling/core/profile-file';
import { expect, test } from 'vitest';

const NOW = Date.UTC(2026, 10, 20);

/** A page without a document, whose profile goes in and out as a file, one step later than it is asked for. */
function openPage(profile: Profile | undefined) {
  let stored = profile;
  let override: ContextPatch | undefined;
  const events: Pick<InklingEvent, 'type' | 'item' | 'slot'>[] = [];
  const known = { time: { hour: 9 }, weather: { condition: 'rain' } } as const;
  const page = {
    pack: () => undefined,
    item: () => undefined,
    slates: () => [],
    decision: () => undefined,
    explain: async () => ({ reasons: [] }),
    track: (event) => void events.push(event),
    on: () => () => {},
    context: {
      get: (): Context => createContext(known, override),
      override(patch) {
        override = patch;
      },
    },
    profile: {
      get: () => stored,
      export: async () => stored && exportProfile(stored, NOW),
      async import(file) {
        stored = importProfile(file, NOW);
      },
      async erase() {
        stored = stored && emptyProfile(NOW, 'again');
      },
    },
  } satisfies Omit<PrivacyPage, 'consent'>;
  // Nothing here asks for consent.
  return { page: page as unknown as PrivacyPage, events, stored: () => stored };
}

const remembering = () => openPage(emptyProfile(NOW, 'seed'));

test('quick changes do not lose one another', async () => {
  const { page, stored } = remembering();
  const controls = createPrivacyControls(page, () => NOW);
  await Promise.all([
    controls.use(['time.hour'], false),
    controls.use(['weather.condition'], false),
    controls.setPaused(true),
    controls.setNeutral(true),
    controls.pick('rain', true),
  ]);
  expect(stored()).toMatchObject({
    unused: ['time.hour', 'weather.condition'],
    paused: true,
    neutral: true,
    affinities: { rain: [5, NOW] },
  });
  await controls.use(['time.hour'], true);
  expect(stored()?.unused).toEqual(['weather.condition']);
  expect(page.context.get()).toMatchObject({ time: { hour: 9 }, weather: { condition: 'unknown' } });
});

test('begins with what an earlier page was told', () => {
  const { page } = openPage({
    ...emptyProfile(NOW, 'seed'),
    unused: ['time.hour'],
    neutral: true,
    paused: true,
  });
  const controls = createPrivacyControls(page);
  expect([[...controls.unused], controls.neutral, controls.paused]).toEqual([['time.hour'], true, true]);
});

test('where nothing is remembered it holds for the page: neutral means that nothing at all is known', async () => {
  const { page, stored } = openPage(undefined);
  const controls = createPrivacyControls(page);
  await controls.setNeutral(true);
  expect(page.context.get()).toEqual(createContext());
  await controls.setNeutral(false);
  expect(page.context.get().time.hour).toBe(9);
  await controls.setPaused(true);
  expect([stored(), controls.paused]).toEqual([undefined, false]);
});

test('tastes are forgotten with all that was learnt from, and no more is learnt; erasing leaves nothing', async () => {
  const { page, stored } = openPage({
    ...emptyProfile(NOW, 'seed'),
    affinities: { rain: [3, NOW] },
    recents: [{ id: 'coat', at: NOW, views: 1, clicks: 0 }],
    dismissed: ['hat'],
    unused: ['time.hour'],
  });
  const controls = createPrivacyControls(page);
  await controls.forgetTastes();
  expect(stored()).toEqual({
    ...emptyProfile(NOW, 'seed'),
    dismissed: ['hat'],
    unused: ['time.hour'],
    paused: true,
  });
  await controls.erase();
  expect(stored()).toEqual(emptyProfile(NOW, 'again'));
  expect([controls.unused.size, page.context.get().time.hour]).toEqual([0, 9]);
});

test('a change that fails is told to whoever asked for it, and the next one works', async () => {
  const { page, stored } = remembering();
  const controls = createPrivacyControls(page);
  const tooLong = `time.${'x'.repeat(300)}`;
  await expect(controls.use(['time.hour', tooLong], false)).rejects.toMatchObject({ code: 'E_PROFILE' });
  // For this page it is obeyed.
  expect(page.context.get().time.hour).toBe('unknown');
  await controls.use([tooLong], true);
  await controls.setPaused(true);
  expect(stored()?.paused).toBe(true);
});

test('less like this is an act of the visitor', () => {
  const { page, events } = remembering();
  createPrivacyControls(page).reject('coat', 'grid');
  expect(events).toEqual([{ type: 'less_like_this', item: 'coat', slot: 'grid' }]);
});
