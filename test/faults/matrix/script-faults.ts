import type { Fault } from './fault.ts';

const SCRIPT_TAG = '<script src="/inkling.js" data-pack="/inkling/pack.json" async></script>';

const scripts: readonly Omit<Fault, 'kind'>[] = [
  {
    name: 'the script tag stands there twice',
    expect: 'personalized',
    html: (page) => page.replace(SCRIPT_TAG, SCRIPT_TAG + SCRIPT_TAG),
  },
  {
    name: 'two versions of the script',
    expect: 'personalized',
    html: (page) =>
      page.replace(
        SCRIPT_TAG,
        `${SCRIPT_TAG}<script src="/inkling.js?0.9" data-pack="/inkling/pack.json"></script>`,
      ),
  },
  {
    name: 'the script tag has no pack',
    expect: 'authored',
    decides: false,
    html: (page) => page.replace(' data-pack="/inkling/pack.json"', ''),
  },
  {
    name: 'the pack is at an address that is none',
    expect: 'authored',
    decides: false,
    html: (page) => page.replace('/inkling/pack.json', 'https://[bad'),
  },
  {
    name: 'the pack is of another origin, and there is no key',
    expect: 'authored',
    decides: false,
    html: (page) => page.replace('/inkling/pack.json', 'https://elsewhere.example/pack.json'),
  },
  {
    name: 'the key is no key',
    expect: 'authored',
    html: (page) =>
      page.replace(SCRIPT_TAG, SCRIPT_TAG.replace('data-pack', 'data-key="not a key" data-pack')),
  },
  {
    name: 'the script is loaded as a module',
    expect: 'authored',
    decides: false,
    html: (page) => page.replace(SCRIPT_TAG, SCRIPT_TAG.replace('<script', '<script type="module"')),
  },
  {
    name: 'the script tag is inside a slot',
    expect: 'either',
    html: (page) =>
      page.replace(SCRIPT_TAG, '').replace(/data-inkling-slot="grid"[^>]*>/, (tag) => tag + SCRIPT_TAG),
  },
  {
    name: 'the script comes at the end of the page',
    expect: 'either',
    html: (page) => page.replace(SCRIPT_TAG, '').replace('</body>', `${SCRIPT_TAG}</body>`),
  },
];

export const SCRIPT_FAULTS: readonly Fault[] = [
  ...scripts.map((fault): Fault => ({ ...fault, kind: 'script' })),
];
