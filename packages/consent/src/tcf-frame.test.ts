import { expect, test } from 'vitest';
import { createTcfSource } from './tcf.ts';
import { findTcfApi, type TcfListener, type TcfWindow } from './tcf-frame.ts';

/** A page with a manager, around a frame of another origin, around ours. */
function createFrames(locator: boolean) {
  const asked: { command: string; callId: string }[] = [];
  let hear: Parameters<TcfListener['addEventListener']>[1] = () => {};
  const top = {
    frames: locator ? { __tcfapiLocator: {} } : {},
    postMessage: (message: { __tcfapiCall: (typeof asked)[number] }) => asked.push(message.__tcfapiCall),
  } as unknown as TcfWindow;
  Object.assign(top, { parent: top });
  const foreign = { parent: top } as unknown as TcfWindow;
  Object.defineProperty(foreign, 'frames', {
    get() {
      throw new DOMException('Blocked', 'SecurityError');
    },
  });
  const self = {
    parent: foreign,
    frames: {},
    addEventListener: (_: 'message', fn: typeof hear) => {
      hear = fn;
    },
  } as unknown as TcfListener;
  const say = (data: unknown, source: unknown = top) => hear({ data, source: source as Window });
  return { self, asked, say, foreign };
}

const consents = { 1: true, 5: true, 6: true, 8: true, 9: true, 11: true };
const answer = (callId: string | undefined, allowed = consents) => ({
  __tcfapiReturn: {
    callId,
    success: true,
    returnValue: {
      eventStatus: 'tcloaded',
      listenerId: 3,
      gdprApplies: true,
      purpose: { consents: allowed },
    },
  },
});
const profileOf = (source: ReturnType<typeof createTcfSource>) => source.get().purposes.profile;

test('in a frame the manager around it is asked, and heard each time it speaks, as an object or as text', () => {
  const { self, asked, say } = createFrames(true);
  const source = createTcfSource({ api: findTcfApi(self) });
  expect(asked).toMatchObject([{ command: 'addEventListener', version: 2 }]);
  say(answer(asked[0]?.callId));
  expect(profileOf(source)).toBe('granted');
  say(JSON.stringify(answer(asked[0]?.callId, { ...consents, 5: false })));
  expect(profileOf(source)).toBe('refused');
  source.destroy();
  expect(asked[1]).toMatchObject({ command: 'removeEventListener', parameter: 3 });
});

test('nobody else is heard, nor an answer to what was not asked, nor anything of another form', () => {
  const { self, asked, say, foreign } = createFrames(true);
  const source = createTcfSource({ api: findTcfApi(self) });
  const callId = asked[0]?.callId;
  say(answer(callId), foreign);
  say(answer(callId), null);
  say(answer('inkling-99'));
  for (const data of ['{', 7, null, {}, { __tcfapiReturn: null }, { __tcfapiReturn: { callId: 'x' } }])
    say(data);
  expect(profileOf(source)).toBe('unset');
  source.destroy();
});

test('the page’s own manager comes first; without any there is none, which means no', () => {
  const { self } = createFrames(true);
  const own = () => {};
  expect(findTcfApi({ ...self, __tcfapi: own } as TcfListener)).toBe(own);
  const api = findTcfApi(createFrames(false).self);
  expect(api).toBeUndefined();
  expect(profileOf(createTcfSource({ api }))).toBe('refused');
});
