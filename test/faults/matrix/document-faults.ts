import { cards } from './cards.ts';
import type { Fault } from './fault.ts';

const changes: readonly Omit<Fault, 'kind'>[] = [
  {
    name: 'the page removes a slot while it is decided',
    expect: 'either',
    before() {
      document.addEventListener('DOMContentLoaded', () => {
        setTimeout(() => {
          document.querySelector('[data-inkling-slot="grid"]')?.remove();
          dispatchEvent(new Event('page-changed'));
        });
      });
    },
  },
  {
    name: 'the page empties a slot while it is decided',
    expect: 'either',
    before() {
      document.addEventListener('DOMContentLoaded', () => {
        setTimeout(() => {
          document.querySelector('[data-inkling-slot="grid"]')?.replaceChildren();
          dispatchEvent(new Event('page-changed'));
        });
      });
    },
  },
  {
    name: 'the page makes the list anew while it is decided',
    expect: 'either',
    before() {
      document.addEventListener('DOMContentLoaded', () => {
        setTimeout(() => {
          const list = document.querySelector('[data-inkling-slot="grid"]');
          list?.replaceChildren(...[...list.children].map((child) => child.cloneNode(true)));
          dispatchEvent(new Event('page-changed'));
        });
      });
    },
  },
  {
    name: 'the page takes some items away while they are decided',
    expect: 'either',
    before() {
      document.addEventListener('DOMContentLoaded', () => {
        setTimeout(() => {
          const items = document.querySelectorAll('[data-inkling-slot="grid"] > [data-inkling-item]');
          for (let i = 0; i < items.length; i += 3) items[i]?.remove();
          dispatchEvent(new Event('page-changed'));
        });
      });
    },
  },
  {
    name: 'the page makes its whole body anew while it is decided',
    expect: 'either',
    before() {
      document.addEventListener('DOMContentLoaded', () => {
        setTimeout(() => {
          document.body.replaceWith(document.body.cloneNode(true));
          dispatchEvent(new Event('page-changed'));
        });
      });
    },
  },
  {
    name: 'the page replaces the slot shown as a variant',
    expect: 'either',
    before() {
      document.addEventListener('DOMContentLoaded', () => {
        setTimeout(() => {
          document.querySelector('[data-inkling-slot="hero"] > article')?.remove();
          dispatchEvent(new Event('page-changed'));
        });
      });
    },
  },
];

const markup: readonly Omit<Fault, 'kind'>[] = [
  {
    name: 'a slot within a slot',
    expect: 'either',
    html: (page) =>
      page.replace(
        '</main>',
        `<ul data-inkling-slot="grid"><li data-inkling-item="rain-shell"><ul data-inkling-slot="grid">${cards(5, 'inner-')}</ul></li>${cards(5, 'outer-')}</ul></main>`,
      ),
  },
  {
    name: 'a slot that is an item of itself',
    expect: 'either',
    html: (page) =>
      page.replace(
        '</main>',
        `<div data-inkling-slot="grid" data-inkling-item="rain-shell">${cards(5, 'x-')}</div></main>`,
      ),
  },
  {
    name: 'the same item twice in a slot',
    expect: 'either',
    html: (page) =>
      page.replace(
        /data-inkling-slot="grid"[^>]*>/,
        (tag) => `${tag}${cards(3, 'rain-shell')}${cards(3, 'rain-shell')}`,
      ),
  },
  {
    name: 'the same slot twice in the page',
    expect: 'either',
    html: (page) => page.replace('</main>', `<ul data-inkling-slot="grid">${cards(5, 'again-')}</ul></main>`),
  },
  {
    name: 'items named like what every object has',
    expect: 'either',
    html: (page) =>
      page.replace(
        /data-inkling-slot="grid"[^>]*>/,
        (tag) =>
          `${tag}${['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', ' '].map((id) => `<li data-inkling-item="${id}">x</li>`).join('')}`,
      ),
  },
  {
    name: 'slots named like what every object has',
    expect: 'either',
    html: (page) =>
      page.replace(
        '</main>',
        `${['__proto__', 'constructor', ''].map((id) => `<ul data-inkling-slot="${id}">${cards(3, 'x')}</ul>`).join('')}</main>`,
      ),
  },
  {
    name: 'kinds that there are not',
    expect: 'either',
    html: (page) =>
      page.replace(
        '</main>',
        `${['__proto__', 'constructor', 'toString', 'sorted'].map((kind) => `<ul data-inkling-slot="grid" data-inkling-kind="${kind}">${cards(3, 'x')}</ul>`).join('')}</main>`,
      ),
  },
  {
    name: 'a limit that is no number',
    expect: 'either',
    html: (page) =>
      page.replace(
        '</main>',
        `${['-5', 'many', '1e9', '0.5', 'NaN'].map((k) => `<ul data-inkling-slot="grid" data-inkling-k="${k}">${cards(3, 'x')}</ul>`).join('')}</main>`,
      ),
  },
  {
    name: 'slots without items, and lists and variants without templates',
    expect: 'either',
    html: (page) =>
      page.replace(
        '</main>',
        '<ul data-inkling-slot="grid"></ul><div data-inkling-slot="hero" data-inkling-kind="variant"></div><ul data-inkling-slot="for-today" data-inkling-kind="list"></ul><ul data-inkling-slot="for-today" data-inkling-kind="list"><template></template></ul></main>',
      ),
  },
  {
    name: 'a table as a slot',
    expect: 'either',
    html: (page) =>
      page.replace(
        '</main>',
        '<table><tbody data-inkling-slot="grid"><tr data-inkling-item="rain-shell"><td>a</td></tr><!-- c --><tr data-inkling-item="reed-parasol"><td>b</td></tr></tbody></table></main>',
      ),
  },
  {
    name: 'elements of the page hide what document has',
    expect: 'either',
    html: (page) =>
      page.replace(
        '<main',
        '<img name="querySelector" alt=""><img name="body" alt=""><form name="currentScript"></form><img name="baseURI" alt=""><form id="inkling"></form><main',
      ),
  },
  {
    name: 'what the edge wrote is no JSON',
    expect: 'either',
    before() {
      document.addEventListener('DOMContentLoaded', () => {}, true);
      new MutationObserver((_, observer) => {
        const element = document.querySelector('script[data-inkling-context]');
        if (!element) return;
        element.textContent = '{"time": {"hour": ';
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
    },
  },
  {
    name: 'what the edge wrote is of other types',
    expect: 'either',
    before() {
      new MutationObserver((_, observer) => {
        const element = document.querySelector('script[data-inkling-context]');
        if (!element) return;
        element.textContent =
          '{"time": 7, "geo": null, "weather": ["rain"], "device": {"form": {}}, "page": true}';
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
    },
  },
];

export const DOCUMENT_FAULTS: readonly Fault[] = [
  ...changes.map((fault): Fault => ({ ...fault, kind: 'document' })),
  ...markup.map((fault): Fault => ({ ...fault, kind: 'document' })),
];
