import type { Observation } from '../../packages/cli/src/audit/observation.ts';

/** What one engine kept and did in each step. */
export type Probed = Readonly<
  Record<string, { readonly kept: readonly string[]; readonly did: readonly string[] }>
>;

// Runs beside the shop, in a page of its origin: the shop in the frame is watched as the audit watches it.
async function probe(): Promise<Probed> {
  const seen: Observation[] = [];
  Object.assign(window, { inklingAudit: (observation: Observation) => seen.push(observation) });
  const frame = document.body.appendChild(document.createElement('iframe'));
  Object.assign(frame, { width: 1280, height: 800 });
  const steps: Record<string, Probed[string]> = {};

  const open = async (): Promise<Window> => {
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    frame.src = '/';
    await loaded;
    return frame.contentWindow as Window;
  };
  const button = async (place: string): Promise<HTMLElement> => {
    for (let tries = 0; tries < 1000; tries++) {
      const root = frame.contentDocument?.querySelector('inkling-consent')?.shadowRoot;
      const found = root?.querySelector<HTMLElement>(`.answers > button:nth-of-type(${place})`);
      if (found) return found;
      await pause(10);
    }
    throw new Error(`No answer ${place} in the panel after 10 s`);
  };
  const end = async (name: string): Promise<void> => {
    await pause(700);
    const shop = frame.contentWindow as Window;
    const sent = shop.performance
      .getEntriesByType('resource')
      .filter(({ name }) => new URL(name).origin !== location.origin || new URL(name).search !== '')
      .map(({ name }) => `request ${name}`);
    const did = seen.splice(0).map(({ kind, api, what }) => `${kind} ${api} ${what}`);
    steps[name] = { kept: await kept(), did: [...new Set([...did, ...sent])] };
  };

  const shop = await open();
  await shop.inkling?.ready;
  await button('1');
  await end('no choice');
  (await button('1')).click();
  await end('refused');
  await open();
  await end('next page');
  localStorage.clear();
  await open();
  (await button('2')).click();
  await end('accepted');
  frame.contentDocument?.querySelector<HTMLElement>('[data-inkling-consent="open"]')?.click();
  (await button('1')).click();
  await end('withdrawn');
  return steps;
}

async function kept(): Promise<string[]> {
  const databases = await indexedDB.databases();
  return [
    ...document.cookie.split(';').filter(Boolean),
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
    ...databases.map(({ name }) => `database ${name}`).sort(),
    ...((await globalThis.caches?.keys()) ?? []),
  ];
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

Object.assign(window, { result: probe().catch((error) => String(error?.stack ?? error)) });
