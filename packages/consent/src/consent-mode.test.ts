import { expect, test } from 'vitest';
import { emitConsentMode } from './consent-mode.ts';
import { createConsent } from './create-consent.ts';

function listen() {
  const calls: unknown[][] = [];
  const consent = createConsent({ now: () => 0 });
  return { calls, consent, gtag: (...call: readonly unknown[]) => void calls.push([...call]) };
}

test('says nothing before an answer, then updates with each change, and never a default or advertising', () => {
  const { calls, consent, gtag } = listen();
  const stop = emitConsentMode(consent, gtag);
  expect(calls).toEqual([]);
  consent.choose({ profile: true });
  consent.choose({ context: true });
  consent.choose('accept-all');
  consent.withdraw();
  const update = (storage: string, analytics: string) => [
    'consent',
    'update',
    { functionality_storage: storage, personalization_storage: storage, analytics_storage: analytics },
  ];
  expect(calls).toEqual([
    update('granted', 'denied'),
    update('granted', 'granted'),
    update('denied', 'denied'),
  ]);
  stop();
  consent.choose('accept-all');
  expect(calls.length).toBe(3);
});

test('tells what was chosen on an earlier page, and takes a grant back that was forgotten', () => {
  const { calls, consent, gtag } = listen();
  consent.choose('accept-all');
  emitConsentMode(consent, gtag, { analytics_storage: 'measurement' });
  consent.erase();
  expect(calls).toEqual([
    ['consent', 'update', { analytics_storage: 'granted' }],
    ['consent', 'update', { analytics_storage: 'denied' }],
  ]);
});
