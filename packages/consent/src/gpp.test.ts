import { expect, test } from 'vitest';
import { createGppSource, type GppApi, type GppEvent, type GppOptions } from './gpp.ts';
import { createTimer, grantsOf } from './manager.fixture.ts';

/** A manager that says what it is told to, and a timer that goes off when it is told to. */
function createManager(options: Partial<GppOptions> = {}) {
  const calls: unknown[][] = [];
  let hear: Parameters<GppApi>[1] = () => {};
  const { after, ring } = createTimer();
  const source = createGppSource({
    api: (...call) => {
      calls.push([call[0], call[2]]);
      if (call[0] === 'addEventListener') hear = call[1];
    },
    after,
    ...options,
  });
  return {
    source,
    calls,
    grants: () => grantsOf(source),
    say: (event: GppEvent | null, success = true) => hear(event, success),
    ring,
  };
}

const ready = (sections: Readonly<Record<string, unknown>> | undefined, ids = [7]): GppEvent => ({
  listenerId: 4,
  pingData: {
    signalStatus: 'ready',
    applicableSections: ids,
    ...(sections && { parsedSections: sections }),
  },
});
const usnat = (core: object, gpc?: object) => ({ usnat: gpc ? [core, gpc] : [core] });
const STAYS = { SaleOptOut: 2, SharingOptOut: 2, TargetedAdvertisingOptOut: 0 };

test('any of the opt-outs refuses, as does the signal inside; none of them grants nothing', () => {
  const manager = createManager();
  expect(manager.grants()).toBe('guuuu');
  expect(manager.source.get().regime).toBe('opt-out');
  for (const name of ['SaleOptOut', 'SharingOptOut', 'TargetedAdvertisingOptOut']) {
    manager.say(ready(usnat({ ...STAYS, [name]: 1 })));
    expect(manager.grants(), name).toBe('gurrr');
    manager.say(ready(usnat(STAYS, { Gpc: false })));
    expect(manager.grants(), name).toBe('guuuu');
  }
  manager.say(ready(usnat(STAYS, { Gpc: true })));
  expect(manager.grants()).toBe('gurrr');
  manager.say(ready({ usca: { ...STAYS, SaleOptOut: 1 } }, [8]));
  expect(manager.grants()).toBe('gurrr');
});

test('only what is ready counts; where no section holds nothing is refused; a section that is not told is a no', () => {
  const manager = createManager();
  manager.say({ pingData: { signalStatus: 'not ready', applicableSections: [7] } });
  manager.say({ listenerId: 4 });
  expect(manager.grants()).toBe('guuuu');
  manager.say(ready(undefined));
  expect(manager.grants()).toBe('gurrr');
  manager.say(ready(undefined, [-1]));
  expect(manager.grants()).toBe('guuuu');
  manager.say(ready({ tcfeuv2: {} }));
  expect(manager.grants()).toBe('gurrr');
});

test('silence, failure and absence mean no, until the manager speaks', () => {
  const silent = createManager();
  silent.ring();
  expect(silent.grants()).toBe('gurrr');
  silent.say(ready(usnat(STAYS)));
  expect(silent.grants()).toBe('guuuu');
  const failing = createManager();
  failing.say(null, false);
  expect(failing.grants()).toBe('gurrr');
  expect(createManager({ api: undefined }).grants()).toBe('gurrr');
  const throwing = () => {
    throw new Error('not here');
  };
  expect(createManager({ api: throwing }).grants()).toBe('gurrr');
});

test('tells of changes and of nothing else, whoever throws; takes its listener back', () => {
  const { source, say, calls } = createManager();
  const heard: string[] = [];
  source.subscribe(() => {
    throw new Error('mine');
  });
  source.subscribe(({ purposes }) => heard.push(purposes.profile));
  say(ready(usnat({ SaleOptOut: 1 })));
  say(ready(usnat({ SaleOptOut: 1 })));
  say(ready(usnat(STAYS)));
  expect(heard).toEqual(['refused', 'unset']);
  source.destroy();
  expect(calls).toEqual([
    ['addEventListener', undefined],
    ['removeEventListener', 4],
  ]);
});
