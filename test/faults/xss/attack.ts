import type { ConsentTexts } from '../../../packages/consent/src/consent-texts.ts';

/** Runs in the page under attack: opens whatever shows a text from outside, and then looks for what must not be there. A
 * payload that runs calls `xss`; whatever is thrown here is found by whoever watches the page.
 * @param payloads those of this page @param keys of the texts of consent's panel */
export function attack(payloads: readonly string[], keys: readonly (keyof ConsentTexts)[]): void {
  const html = document.documentElement;
  html.dataset.faultRuns = '';
  Object.assign(window, {
    xss() {
      throw new Error('a payload ran');
    },
  });
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const until = async (what: string, isSo: () => unknown) => {
    for (let tries = 0; !isSo(); tries++) {
      if (tries === 600) throw new Error(`never: ${what}`);
      await pause(20);
    }
  };
  const shown = (name: string) => document.querySelector(name)?.shadowRoot?.textContent ?? '';

  const run = async () => {
    await until('decided', () => (window.inkling?.slates().length ?? 0) >= 3);
    // A visitor's own act: what stands in view may change.
    window.inkling?.context.override();
    const list = document.querySelector('[data-inkling-slot="for-today"]') as HTMLElement;
    await until('cards', () => list.querySelector(':scope > [data-inkling-item]')?.matches('.attacked'));
    const cards = [...list.querySelectorAll<HTMLElement>('.attacked')];
    for (const card of cards) {
      if (!payloads.includes(card.querySelector('b')?.textContent ?? ''))
        throw new Error('a card without its payload');
      // Text was text: nothing came into being that the template does not have.
      if (card.querySelectorAll('*').length !== 8) throw new Error(`elements from text: ${card.outerHTML}`);
      for (const { attributes } of [card, ...card.querySelectorAll('*')]) {
        for (const { name, value } of attributes) {
          if (/^on|^style$|^srcdoc$|^formaction$|^action$/.test(name)) throw new Error(`attribute ${name}`);
          if (!/^(href|src)$/.test(name)) continue;
          const { protocol } = new URL(value, document.baseURI);
          if (!/^https?:$/.test(protocol)) throw new Error(`address ${value}`);
        }
      }
      for (const link of card.querySelectorAll('a')) {
        link.addEventListener('click', (event) => /^http/.test(link.protocol) && event.preventDefault());
        link.click();
      }
    }
    cards[0]?.querySelector<HTMLElement>('[data-inkling-event="why"]')?.click();
    await until('reasons', () => payloads.some((payload) => shown('inkling-why').includes(payload)));
    document.querySelector<HTMLElement>('[data-inkling-privacy="open"]')?.click();
    await until('privacy centre', () => shown('inkling-privacy'));
    document.querySelector<HTMLElement>('[data-inkling-consent="open"]')?.click();
    await until('consent', () => shown('inkling-consent'));
    const panel = document.querySelector('inkling-consent');
    if (panel) {
      panel.texts = Object.fromEntries(keys.map((key, index) => [key, payloads[index % payloads.length]]));
      await until('texts', () => payloads.some((payload) => shown('inkling-consent').includes(payload)));
    }
    for (const name of ['inkling-why', 'inkling-privacy', 'inkling-consent']) {
      const root = document.querySelector(name)?.shadowRoot;
      if (root?.querySelector('script,iframe,object,embed,img,[onerror],[onload],[onfocus]')) {
        throw new Error(`elements from text in ${name}`);
      }
      for (const { href } of root?.querySelectorAll('a') ?? []) {
        if (href && !/^https?:/.test(href)) throw new Error(`address ${href} in ${name}`);
      }
    }
    // Whatever waits for a load, an error or a frame has had it.
    await pause(150);
  };
  document.addEventListener('DOMContentLoaded', () => {
    const over = () => delete html.dataset.faultRuns;
    void run().finally(over);
  });
}
