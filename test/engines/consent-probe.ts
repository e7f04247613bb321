import type { Observation } from '../../packages/cli/src/audit/observation.ts';

/** What one engine kept and did in each step, and by which rule the page went. */
export type Probed = Readonly<
  Record<
    string,
    {
      readonly regime: string | undefined;
      readonly kept: readonly string[];
      readonly did: readonly string[];
      /** How the privacy centre did. */
      readonly centre?: Centre;
    }
  >
>;

interface Centre {
  readonly says: string;
  readonly hadFocus: boolean;
  /** What a signal is once it was unticked. */
  readonly country: string | undefined;
  /** Whether Escape closed it, and gave the focus back to the button. */
  readonly gaveBack: boolean;
}

// Runs beside the shop, in a page of its origin: the shop in the frame is watched as the audit watches it.
async function probe(): Promise<Probed> {
  const seen: Observation[] = [];
  Object.assign(window, { inklingAudit: (observation: Observation) => seen.push(observation) });
  const frame = document.body.appendChild(document.createElement('iframe'));
  Object.assign(frame, { width: 1280, height: 800 });
  const steps: Record<string, Probed[string]> = {};

  const open = async (path = '/'): Promise<Window> => {
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    frame.src = path;
    await loaded;
    return frame.contentWindow as Window;
  };
  const button = async (place: string): Promise<HTMLElement> => {
    return until(() =>
      frame.contentDocument
        ?.querySelector('inkling-consent')
        ?.shadowRoot?.querySelector<HTMLElement>(`.answers > button:nth-of-type(${place})`),
    );
  };
  const end = async (name: string): Promise<void> => {
    await pause(700);
    const shop = frame.contentWindow as Window;
    const sent = shop.performance
      .getEntriesByType('resource')
      // WebKit counts the document itself now and then.
      .filter(({ name }) => name !== shop.location.href)
      .filter(({ name }) => new URL(name).origin !== location.origin || new URL(name).search !== '')
      .map(({ name }) => `request ${name}`);
    const did = seen.splice(0).map(({ kind, api, what }) => `${kind} ${api} ${what}`);
    const regime = shop.inkling?.consent.get().regime;
    steps[name] = { regime, kept: await kept(), did: [...new Set([...did, ...sent])] };
  };

  for (const place of ['US-CA', 'XA']) {
    const elsewhere = await open(`/?${place}`);
    await elsewhere.inkling?.ready;
    if (place === 'XA') await until(() => elsewhere.inkling?.consent.get().regime === 'notice');
    else await button('1');
    await end(place);
  }
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
  const centre = await tryCentre(frame);
  await end('privacy centre');
  Object.assign(steps['privacy centre'] ?? {}, { centre });
  frame.contentDocument?.querySelector<HTMLElement>('[data-inkling-consent="open"]')?.click();
  (await button('1')).click();
  await end('withdrawn');
  return steps;
}

async function tryCentre(frame: HTMLIFrameElement): Promise<Centre> {
  const { contentDocument: page, contentWindow: shop } = frame;
  const opener = await until(() => page?.querySelector<HTMLElement>('[data-inkling-privacy="open"]'));
  opener.focus();
  opener.click();
  const root = await until(() => page?.querySelector('inkling-privacy')?.shadowRoot);
  const panel = () => root.querySelector('[role="dialog"]');
  const place = () => root.querySelector<HTMLInputElement>('#geo');
  await until(place);
  const says = place()?.parentElement?.textContent ?? '';
  const hadFocus = page?.activeElement?.localName === 'inkling-privacy';
  place()?.click();
  await until(() => shop?.inkling?.context.get().geo.country === 'unknown');
  const country = shop?.inkling?.context.get().geo.country;
  page?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
  await until(() => !panel());
  return { says, hadFocus, country, gaveBack: page?.activeElement === opener };
}

async function until<Found>(look: () => Found | null | undefined | false): Promise<Found> {
  for (let tries = 0; tries < 1000; tries++) {
    const found = look();
    if (found) return found;
    await pause(10);
  }
  throw new Error(`After 10 s still not: ${look}`);
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
