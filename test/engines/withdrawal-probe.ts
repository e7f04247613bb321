/** What two documents of the shop, side by side, have left once one of them took `profile` back. */
export type Withdrawn = Readonly<
  Record<
    string,
    {
      readonly here: boolean;
      readonly there: boolean;
      readonly keys: readonly unknown[];
      /** From the act until it is gone from the other document's memory and from the device. Milliseconds. */
      readonly ms: number;
    }
  >
>;

const TRIES = 500;

// Runs beside the shop, in a page of its origin. What each frame cannot hear goes by its name.
async function probe(): Promise<Withdrawn> {
  const steps: Record<string, Withdrawn[string]> = {};
  for (const way of ['channel only', 'storage only']) {
    localStorage.clear();
    const here = await open(way);
    await here.inkling?.consent.choose('accept-all');
    const remembers = (tab: Window) => tab.inkling?.profile.get() !== undefined;
    await until(() => remembers(here));
    const there = await open(way);
    await until(() => remembers(there));
    const start = performance.now();
    await here.inkling?.consent.choose({ profile: false });
    await until(() => !remembers(there));
    const isGone = async () => !(await keysOf()).includes('profile');
    await until(isGone);
    const ms = performance.now() - start;
    steps[way] = { here: remembers(here), there: remembers(there), keys: await keysOf(), ms };
    await here.inkling?.consent.erase();
    for (const frame of document.querySelectorAll('iframe')) frame.remove();
  }
  return steps;
}

async function open(name: string): Promise<Window> {
  const frame = document.createElement('iframe');
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  Object.assign(frame, { name, width: 1280, height: 600, src: '/' });
  document.body.append(frame);
  await loaded;
  const tab = frame.contentWindow as Window;
  await until(() => tab.inkling !== undefined);
  await tab.inkling?.ready;
  return tab;
}

/** The answer is in what is found afterwards. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < TRIES && !(await isSo()); tries++)
    await new Promise((resolve) => setTimeout(resolve, 10));
}

function keysOf(): Promise<readonly unknown[]> {
  return new Promise((resolve) => {
    const opened = indexedDB.open('inkling');
    opened.onerror = () => resolve([]);
    opened.onsuccess = () => {
      const database = opened.result;
      const keys = database.transaction('values').objectStore('values').getAllKeys();
      keys.onsuccess = () => {
        database.close();
        resolve(keys.result);
      };
    };
  });
}

Object.assign(window, { result: probe().catch((error) => String(error?.stack ?? error)) });
