import type { Account } from './fault.ts';

interface Frame {
  readonly url: string;
  readonly sandbox: string;
}

/** So many stand side by side, each wholly in view, because browsers let frames out of view sleep. */
const COLUMNS = 4;
const ROWS = 3;
const SCALE = 0.24;
const SAYS_NOTHING_MS = 30_000;

// Beside the pages that are broken, in one that is not: holds them in frames and hears what they have to say.
async function probe(): Promise<readonly (Account | string)[]> {
  const frames: readonly Frame[] = await (await fetch('/frames.json')).json();
  const accounts: (Account | string)[] = [];
  const queue = frames.entries();
  await Promise.all(
    Array.from({ length: COLUMNS * ROWS }, async (_, place) => {
      for (const [index, frame] of queue) accounts[index] = await hear(frame, place);
    }),
  );
  return accounts;
}

function hear({ url, sandbox }: Frame, place: number): Promise<Account | string> {
  const frame = document.createElement('iframe');
  if (sandbox) frame.setAttribute('sandbox', sandbox);
  const left = (place % COLUMNS) * 1280 * SCALE;
  const top = Math.floor(place / COLUMNS) * 800 * SCALE;
  frame.style.cssText = `position:absolute;border:0;width:1280px;height:800px;left:${left}px;top:${top}px;transform-origin:0 0;transform:scale(${SCALE})`;
  frame.src = url;
  return new Promise((resolve) => {
    const timer = setTimeout(() => end(`the page said nothing in ${SAYS_NOTHING_MS} ms`), SAYS_NOTHING_MS);
    const listen = ({ source, data }: MessageEvent) => {
      if (source === frame.contentWindow) end(data);
    };
    const end = (account: Account | string) => {
      clearTimeout(timer);
      removeEventListener('message', listen);
      frame.remove();
      resolve(account);
    };
    addEventListener('message', listen);
    document.body.append(frame);
  });
}

Object.assign(window, { result: probe().catch((error) => String(error?.stack ?? error)) });
