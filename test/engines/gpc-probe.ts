/** What a browser that sends Global Privacy Control finds in the shop. */
export interface Honoured {
  /** `navigator.globalPrivacyControl`, as the browser has it. */
  readonly property: unknown;
  /** Whether the edge has noted the header in the page. */
  readonly header: boolean;
  readonly profile: unknown;
  /** All the text of `<inkling-consent>`. */
  readonly says: string;
  readonly asks: boolean;
  readonly stored: number;
}

// Runs beside the shop, in a page of its origin.
async function probe(): Promise<Honoured> {
  const frame = document.createElement('iframe');
  Object.assign(frame, { width: 1280, height: 800, src: '/' });
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
  document.body.append(frame);
  await loaded;
  const shop = frame.contentWindow as Window & typeof globalThis;
  const asked = () => shop.document.querySelector('inkling-consent')?.shadowRoot;
  while (!asked()?.textContent) await new Promise((resolve) => setTimeout(resolve, 10));
  return {
    property: (shop.navigator as { globalPrivacyControl?: unknown }).globalPrivacyControl,
    header: shop.document.querySelector('[data-inkling-gpc]') !== null,
    profile: shop.inkling?.consent.get().purposes.profile,
    says: asked()?.textContent ?? '',
    asks: [...(asked()?.querySelectorAll('button') ?? [])].some(
      ({ textContent, offsetParent }) => textContent === 'Accept' && offsetParent !== null,
    ),
    stored: shop.localStorage.length + (await shop.indexedDB.databases()).length,
  };
}

Object.assign(window, { result: probe().catch((error) => String(error?.stack ?? error)) });
