import type { ConsentState } from '@inkling/core';
import { expect, test } from 'vitest';
import { createTimer, grantsOf } from './manager.fixture.ts';
import { createTcfSource, type TcData, type TcfApi, type TcfOptions } from './tcf.ts';

/** A manager that says what it is told to, and a timer that goes off when it is told to. */
function createManager(options: Partial<TcfOptions> = {}) {
  const calls: unknown[][] = [];
  let hear: Parameters<TcfApi>[2] = () => {};
  const { after, ring } = createTimer();
  const source = createTcfSource({
    api: (...call) => {
      calls.push([call[0], call[1], call[3]]);
      if (call[0] === 'addEventListener') hear = call[2];
    },
    after,
    ...options,
  });
  return {
    source,
    calls,
    grants: () => grantsOf(source),
    say: (data: TcData | null, success = true) => hear(data, success),
    ring,
  };
}

const consentsTo = (...ids: readonly number[]) => Object.fromEntries(ids.map((id) => [id, true]));
const loaded = (...ids: readonly number[]): TcData => ({
  eventStatus: 'tcloaded',
  listenerId: 7,
  gdprApplies: true,
  purpose: { consents: consentsTo(...ids) },
});

test('grants a purpose when all that it stands for is consented to, and never research', () => {
  const manager = createManager();
  expect(manager.grants()).toBe('guuuu');
  expect(manager.source.cause).toBeUndefined();
  manager.say(loaded(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
  expect(manager.grants()).toBe('ggggr');
  expect(manager.source.cause).toBe('tcf');
  manager.say(loaded(1, 5, 8, 9));
  expect(manager.grants()).toBe('grrgr');
  expect(manager.source.get().regime).toBe('opt-in');
});

test('legitimate interest is no consent', () => {
  const manager = createManager();
  const data = { ...loaded(), purpose: { consents: {}, legitimateInterests: consentsTo(1, 5, 6, 8, 9, 11) } };
  manager.say(data);
  expect(manager.grants()).toBe('grrrr');
});

test.each([
  ['that the visitor is being asked', { ...loaded(1, 5, 6, 11), eventStatus: 'cmpuishown' as const }],
  [
    'before it knows whether the GDPR applies',
    { eventStatus: 'tcloaded' as const, purpose: { consents: consentsTo(11) } },
  ],
  ['without a status', { gdprApplies: true, purpose: { consents: consentsTo(11) } }],
])('what a manager says %s grants nothing', (_, data) => {
  const manager = createManager();
  manager.say(data);
  expect(manager.grants()).toBe('guuuu');
});

test('a silent manager means no, until it speaks', () => {
  const manager = createManager();
  manager.ring();
  expect(manager.grants()).toBe('grrrr');
  manager.say({ ...loaded(11), eventStatus: 'useractioncomplete' });
  expect(manager.grants()).toBe('ggrrr');
  manager.ring();
  expect(manager.grants()).toBe('ggrrr');
});

test('one that does not know is silent; one that is asking is not', () => {
  const pending = createManager();
  pending.say({ eventStatus: 'tcloaded' });
  pending.ring();
  expect(pending.grants()).toBe('grrrr');
  const asking = createManager();
  asking.say({ eventStatus: 'cmpuishown', gdprApplies: true });
  asking.ring();
  expect(asking.grants()).toBe('guuuu');
});

test('no manager, one that throws and one that fails mean no', () => {
  const broken: TcfApi = () => {
    throw new Error('not ready');
  };
  expect(createManager({ api: undefined }).grants()).toBe('grrrr');
  expect(createManager({ api: broken }).grants()).toBe('grrrr');
  const failing = createManager();
  failing.say(loaded(1, 5, 6, 11));
  failing.say(loaded(1, 5, 6, 11), false);
  expect(failing.grants()).toBe('grrrr');
  failing.say(loaded(11));
  failing.say(null);
  expect(failing.grants()).toBe('grrrr');
});

test('where the GDPR does not apply it says nothing, not even after a grant', () => {
  const manager = createManager();
  manager.say(loaded(11));
  manager.say({ ...loaded(11), gdprApplies: false });
  expect(manager.grants()).toBe('guuuu');
});

test('a vendor needs its own consent, and its disclosure', () => {
  const withVendor = (vendor: TcData['vendor']) => {
    const manager = createManager({ vendor: 44 });
    manager.say({ ...loaded(11), ...(vendor && { vendor }) });
    return manager.grants();
  };
  expect(withVendor(undefined)).toBe('grrrr');
  expect(withVendor({ consents: consentsTo(43) })).toBe('grrrr');
  expect(withVendor({ consents: consentsTo(44) })).toBe('ggrrr');
  expect(withVendor({ consents: consentsTo(44), disclosedVendors: consentsTo(43) })).toBe('grrrr');
  expect(withVendor({ consents: consentsTo(44), disclosedVendors: consentsTo(44) })).toBe('ggrrr');
});

test('subscribers hear each change once, whatever another one throws', () => {
  const manager = createManager();
  const heard: ConsentState[] = [];
  manager.source.subscribe(() => {
    throw new Error('mine');
  });
  const stop = manager.source.subscribe((state) => heard.push(state));
  manager.say(loaded(11));
  manager.say(loaded(11));
  expect(heard).toEqual([manager.source.get()]);
  stop();
  manager.say(loaded());
  expect(heard.length).toBe(1);
});

test('destroy takes the listener back, also one that was confirmed too late', () => {
  const manager = createManager();
  manager.say(loaded(11));
  manager.source.destroy();
  expect(manager.calls.at(-1)).toEqual(['removeEventListener', 2, 7]);
  manager.say(loaded());
  expect(manager.grants()).toBe('ggrrr');
  const early = createManager();
  early.source.destroy();
  expect(early.calls.length).toBe(1);
  early.say(loaded(11));
  expect(early.calls.at(-1)).toEqual(['removeEventListener', 2, 7]);
});
