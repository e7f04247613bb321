import { startChromium } from './chromium.ts';
import type { Engine } from './engine.ts';
import { startFirefox } from './firefox.ts';
import { startWebKit } from './webkit.ts';

type Start = () => Promise<Engine | undefined>;

export const ENGINES: readonly (readonly [string, Start])[] = [
  ['Chromium', startChromium],
  ['Firefox', startFirefox],
  ['WebKit', startWebKit],
];

export const NOT_INSTALLED = Symbol('not installed here');

const ATTEMPTS = 2;
const SILENCE = Symbol('silence');

/** What a page's `window.result` resolves to in a fresh engine, or, by `travel`, what it leaves on its way. An engine that says nothing at all, neither an answer
 * nor an error, is ended and asked once more: WebKitGTK has done that on a busy machine. A wrong answer stands. */
export async function visitIn(
  start: Start,
  url: string,
  seconds = 25,
  how: 'visit' | 'travel' = 'visit',
): Promise<unknown> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const answer = await within(seconds, async (opened) => {
      const engine = await start();
      if (!engine) return NOT_INSTALLED;
      opened(engine);
      return engine[how](url);
    });
    if (answer !== SILENCE) return answer;
  }
  throw new Error(`No answer from ${url} within ${seconds} seconds, ${ATTEMPTS} times.`);
}

async function within(
  seconds: number,
  ask: (opened: (engine: Engine) => void) => Promise<unknown>,
): Promise<unknown> {
  let opened: Engine | undefined;
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<typeof SILENCE>((resolve) => {
    timer = setTimeout(resolve, seconds * 1000, SILENCE);
  });
  const asked = ask((engine) => {
    opened = engine;
  });
  try {
    const answer = await Promise.race([asked, silence]);
    // One that opens after its time has nobody left to close it.
    if (!opened) asked.catch(() => {}).finally(() => opened?.close());
    return answer;
  } finally {
    clearTimeout(timer);
    await opened?.close();
  }
}
