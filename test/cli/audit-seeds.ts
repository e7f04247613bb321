import type { Seed } from './audited-shop.ts';

/** A way to break the rules, the flow that must find it and the name it must be given. */
export interface SeededBreach extends Seed {
  readonly breaks: string;
  readonly flow: string;
  readonly code: string;
  /** More of the site's own declarations. */
  readonly declares?: object;
}

const STORE = `(database, key) => {
  const opened = indexedDB.open(database);
  opened.onupgradeneeded = () => opened.result.createObjectStore('values');
  opened.onsuccess = () => {
    opened.result.transaction('values', 'readwrite').objectStore('values').put('seeded', key);
    opened.result.close();
  };
}`;

/** Acts on what the consent element shows, as often as it changes. */
const onPanel = (act: string) => `
  setInterval(() => {
    const root = document.querySelector('inkling-consent')?.shadowRoot;
    const [refuse, accept] = root?.querySelectorAll('footer button') ?? [];
    if (refuse) { ${act} }
  }, 5);`;

/** What the stored choice is read as. */
const readAs = (change: string) => `
  const { getItem } = Storage.prototype;
  Storage.prototype.getItem = function (key) {
    const text = getItem.call(this, key);
    if (key !== 'inkling.consent' || text === null) return text;
    const choice = JSON.parse(text);
    ${change};
    return JSON.stringify(choice);
  };`;

const NEVER_DELETES = `
  IDBFactory.prototype.deleteDatabase = () => {
    const request = new EventTarget();
    setTimeout(() => request.onsuccess?.(new Event('success')));
    return request;
  };
  IDBObjectStore.prototype.delete = function () { return this.count(); };`;

const HEARS_NOTHING = `
  for (const type of ['storage', 'pageshow', 'visibilitychange', 'resume', 'focus'])
    addEventListener(type, (event) => event.stopImmediatePropagation(), true);
  globalThis.BroadcastChannel = class extends EventTarget { postMessage() {} close() {} };`;

const early = (breaks: string, code: string, script: string): SeededBreach => ({
  breaks,
  flow: 'no choice',
  code,
  script,
});

const TOTALS = { url: '/totals', method: 'POST', purpose: 'measurement', fields: ['slot', 'count'] };
export const beaconOf = (fields: string): string =>
  `if (localStorage['inkling.consent']?.includes('accept-all'))
    navigator.sendBeacon('/totals', JSON.stringify(${fields}));`;

export const DECLARES_TOTALS: object = { requests: [TOTALS] };

export const SEEDED_BREACHES: readonly SeededBreach[] = [
  early('a package writes its profile early', 'store-ungranted', `(${STORE})('inkling', 'profile');`),
  early('a database of another name', 'store-undeclared', `(${STORE})('tracker', 'id');`),
  early('a cookie by script', 'store-undeclared', `document.cookie = 'id=1; max-age=9999';`),
  {
    ...early('a cookie by the server', 'store-undeclared', ''),
    headers: { 'set-cookie': 'id=1; HttpOnly' },
  },
  early('an id in sessionStorage, by property', 'store-undeclared', 'sessionStorage.visit = Math.random();'),
  early(
    'an entry that is gone before anybody looks',
    'store-undeclared',
    `localStorage.probe = '1'; delete localStorage.probe;`,
  ),
  early(
    'a cache',
    'store-undeclared',
    `caches.open('pages').then((cache) => cache.put('/x', new Response('x')));`,
  ),
  early('a service worker', 'store-undeclared', `navigator.serviceWorker.register('/seeded-worker.js');`),
  early(
    'a file of the origin',
    'store-undeclared',
    `navigator.storage.getDirectory().then((root) => root.getFileHandle('id', { create: true }));`,
  ),
  early('a high-entropy hint', 'read-undeclared', `navigator.userAgentData.getHighEntropyValues(['model']);`),
  {
    ...early('high-entropy hints asked for by header', 'read-undeclared', ''),
    headers: { 'accept-ch': 'Sec-CH-UA-Model, Sec-CH-UA-Arch' },
  },
  early('a canvas read back', 'read-undeclared', `document.createElement('canvas').toDataURL();`),
  early('an audio print', 'read-undeclared', 'new OfflineAudioContext(1, 44100, 44100);'),
  early('fonts tried out', 'read-undeclared', `document.fonts.check('12px Calibri');`),
  early('the number of processors', 'read-undeclared', 'navigator.hardwareConcurrency;'),
  early('motion sensors', 'read-undeclared', `addEventListener('devicemotion', () => {});`),
  early('the language before a choice', 'read-ungranted', 'navigator.language;'),
  early('a picture from elsewhere', 'request-elsewhere', `new Image().src = 'http://127.0.0.1:9/pixel.gif';`),
  early('an id in a query', 'request-query', `fetch('/favicon.svg?visitor=' + Math.random());`),
  early('a report by POST', 'request-undeclared', `fetch('/collect', { method: 'POST', body: 'seen' });`),
  early(
    'a beacon of binary data',
    'request-undeclared',
    `navigator.sendBeacon('/collect', new Blob(['seen']));`,
  ),
  early('a socket', 'request-elsewhere', `new WebSocket('ws://127.0.0.1:9/');`),
  early('a peer connection', 'request-undeclared', 'new RTCPeerConnection();'),
  early('accept larger than refuse', 'answers-unequal', onPanel(`refuse.style.scale = '0.7';`)),
  early('a refusal hard to read', 'answers-unequal', onPanel(`refuse.style.color = '#bbb';`)),
  early('no refusal on the first layer', 'answer-missing', onPanel('refuse.hidden = true;')),
  early('a wall', 'wall', `document.documentElement.style.overflow = 'hidden';`),
  {
    breaks: 'a beacon with a field more than declared',
    flow: 'accept',
    code: 'request-field',
    script: beaconOf(`{ slot: 'grid', count: 1, width: 1280 }`),
    declares: DECLARES_TOTALS,
  },
  {
    breaks: 'no way back to the choices',
    flow: 'accept',
    code: 'no-way-back',
    script: `setInterval(() => document.querySelectorAll('[data-inkling-consent]').forEach((n) => n.remove()), 5);`,
  },
  {
    breaks: 'closing accepts',
    flow: 'close',
    code: 'consent-outlived',
    script: onPanel(
      `root.querySelector('header button').onclick = () => inkling.consent.choose('accept-all');`,
    ),
  },
  {
    breaks: 'an id after a refusal',
    flow: 'refuse',
    code: 'store-undeclared',
    script: `if (localStorage['inkling.consent']?.includes('refuse')) localStorage.id = Math.random();`,
  },
  {
    breaks: 'a refusal that is forgotten',
    flow: 'refuse',
    code: 'asked-again',
    script: 'Storage.prototype.setItem = () => {};',
  },
  {
    breaks: 'an id inside the choice',
    flow: 'two visitors',
    code: 'choice-unique',
    script: `
      const { setItem } = Storage.prototype;
      Storage.prototype.setItem = function (key, text) {
        setItem.call(this, key, text.replace('}', ',"id":"' + Math.random() + '"}'));
      };`,
  },
  {
    breaks: 'a box ticked beforehand',
    flow: 'partial',
    code: 'pre-ticked',
    script: onPanel(`const box = root.querySelector('#profile'); if (box) box.checked = true;`),
  },
  {
    breaks: 'the profile kept after withdrawing',
    flow: 'withdraw',
    code: 'store-ungranted',
    script: NEVER_DELETES,
  },
  {
    breaks: 'work in flight that goes on',
    flow: 'in flight',
    code: 'store-ungranted',
    script: onPanel(`accept.onclick ??= () => setTimeout(() => (${STORE})('inkling', 'profile'), 600);`),
  },
  {
    breaks: 'a second tab that hears nothing',
    flow: 'two tabs',
    code: 'consent-outlived',
    script: HEARS_NOTHING,
  },
  {
    breaks: 'a page out of the back/forward cache that goes on as before',
    flow: 'back and forward',
    code: 'consent-outlived',
    script: HEARS_NOTHING + NEVER_DELETES,
  },
  {
    breaks: 'Global Privacy Control ignored',
    flow: 'GPC',
    code: 'gpc-asked',
    script: `Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => false });`,
  },
  {
    breaks: 'Global Privacy Control obeyed in silence',
    flow: 'GPC',
    code: 'gpc-silent',
    script: `setInterval(() => document.querySelector('inkling-consent')?.shadowRoot.replaceChildren(), 5);`,
  },
  {
    breaks: 'a choice that never ends',
    flow: 'expired',
    code: 'expired-honoured',
    script: readAs('choice.day = Math.floor(Date.now() / 864e5)'),
  },
  {
    breaks: 'a change of policy that asks nobody',
    flow: 'policy change',
    code: 'policy-not-asked',
    script: readAs('choice.policy = 1'),
  },
];
