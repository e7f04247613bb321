import type { Seed } from './audited-shop.ts';

/** A way to break the rules, the flow that must find it and the name it must be given. */
export interface SeededBreach extends Seed {
  readonly breaks: string;
  readonly flow: string;
  readonly code: string;
  /** What its message must say, where another breach of the same visit has the same name. */
  readonly says?: string;
  /** It changes what the other breaches of its flow need. @default false: one visit finds them all */
  readonly isAlone?: true;
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

/** What it breaks, the name it must be given, what must be named with it, and the script or headers that do it. */
export type EarlyBreach = readonly [string, string, string, string | Readonly<Record<string, string>>];

/** Acts on what the consent element shows, as often as it changes. */
const onPanel = (act: string) => `
  setInterval(() => {
    const root = document.querySelector('inkling-consent')?.shadowRoot;
    const [refuse, accept] = root?.querySelectorAll('.answers button') ?? [];
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

/** Goes by what it read of the choice first, and hears of no other. */
const GOES_ON = `
  for (const type of ['storage', 'pageshow', 'visibilitychange', 'resume', 'focus'])
    addEventListener(type, (event) => event.stopImmediatePropagation(), true);
  globalThis.BroadcastChannel = class extends EventTarget { postMessage() {} close() {} };
  const { getItem, setItem } = Storage.prototype;
  const read = new Map();
  Storage.prototype.getItem = function (key) {
    if (!read.has(key)) read.set(key, getItem.call(this, key));
    return read.get(key);
  };
  Storage.prototype.setItem = function (key, text) {
    read.set(key, text);
    setItem.call(this, key, text);
  };`;

const panel = (breaks: string, code: string, says: string, script: string): SeededBreach => ({
  breaks,
  flow: 'no choice',
  code,
  says,
  script,
});

const TOTALS = { url: '/totals', method: 'POST', purpose: 'measurement', fields: ['slot', 'count'] };
export const beaconOf = (fields: string, url = '/totals'): string =>
  `if (localStorage['inkling.consent']?.includes('accept-all'))
    navigator.sendBeacon('${url}', JSON.stringify(${fields}));`;

export const DECLARES_TOTALS: object = { requests: [TOTALS] };

/** What a page does before any choice. They do not get in each other's way, so that one page can do them all. */
export const EARLY_BREACHES: readonly EarlyBreach[] = [
  [
    'a package writes its profile early',
    'store-ungranted',
    'indexedDB "inkling/profile"',
    `(${STORE})('inkling', 'profile');`,
  ],
  [
    'a database of another name',
    'store-undeclared',
    'indexedDB "tracker/id"',
    `(${STORE})('tracker', 'id');`,
  ],
  [
    'a cookie by script',
    'store-undeclared',
    'cookie "scripted"',
    `document.cookie = 'scripted=1; max-age=9999';`,
  ],
  ['a cookie by the cookie store', 'store-undeclared', 'cookie "stored"', `cookieStore.set('stored', '1');`],
  ['a cookie by the server', 'store-undeclared', 'cookie "served"', { 'set-cookie': 'served=1; HttpOnly' }],
  [
    'an id in sessionStorage, by property',
    'store-undeclared',
    'sessionStorage "visit"',
    'sessionStorage.visit = Math.random();',
  ],
  [
    'an entry that is gone before anybody looks',
    'store-undeclared',
    'localStorage "probe"',
    `localStorage.probe = '1'; delete localStorage.probe;`,
  ],
  [
    'a cache',
    'store-undeclared',
    'cache "pages"',
    `caches.open('pages').then((cache) => cache.put('/x', new Response('x')));`,
  ],
  [
    'a service worker',
    'store-undeclared',
    'serviceWorker "/',
    `navigator.serviceWorker.register('/empty.js');`,
  ],
  [
    'a file of the origin',
    'store-undeclared',
    'opfs "id"',
    `navigator.storage.getDirectory().then((root) => root.getFileHandle('id', { create: true }));`,
  ],
  [
    'a high-entropy hint',
    'read-undeclared',
    'getHighEntropyValues',
    `navigator.userAgentData.getHighEntropyValues(['model']);`,
  ],
  [
    'high-entropy hints asked for by header',
    'read-undeclared',
    'Accept-CH',
    { 'accept-ch': 'Sec-CH-UA-Model, Sec-CH-UA-Arch' },
  ],
  ['a canvas read back', 'read-undeclared', 'toDataURL', `document.createElement('canvas').toDataURL();`],
  ['an audio print', 'read-undeclared', 'OfflineAudioContext', 'new OfflineAudioContext(1, 44100, 44100);'],
  ['fonts tried out', 'read-undeclared', 'FontFaceSet.check', `document.fonts.check('12px Calibri');`],
  ['the number of processors', 'read-undeclared', 'hardwareConcurrency', 'navigator.hardwareConcurrency;'],
  ['the list of plugins', 'read-undeclared', 'plugins', 'navigator.plugins;'],
  ['the state of the battery', 'read-undeclared', 'getBattery', 'navigator.getBattery();'],
  ['motion sensors', 'read-undeclared', 'devicemotion', `addEventListener('devicemotion', () => {});`],
  ['the language before a choice', 'read-ungranted', 'Navigator.language', 'navigator.language;'],
  [
    'a picture from elsewhere',
    'request-elsewhere',
    '/pixel.gif',
    `new Image().src = 'http://127.0.0.1:9/pixel.gif';`,
  ],
  ['an id in a query', 'request-query', '?visitor=', `fetch('/favicon.svg?visitor=' + Math.random());`],
  [
    'a report by POST',
    'request-undeclared',
    'POST /collect (fetch)',
    `fetch('/collect', { method: 'POST', body: 'seen' });`,
  ],
  [
    'a report by XMLHttpRequest',
    'request-undeclared',
    'PUT /collect (xhr)',
    `const xhr = new XMLHttpRequest(); xhr.open('PUT', '/collect'); xhr.send('seen');`,
  ],
  [
    'a beacon of binary data',
    'request-undeclared',
    '/collect (ping)',
    `navigator.sendBeacon('/collect', new Blob(['seen']));`,
  ],
  [
    'a form sent to a frame',
    'request-undeclared',
    '/collect (document)',
    `addEventListener('load', () => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    frame.name = 'sink';
    const form = document.body.appendChild(document.createElement('form'));
    Object.assign(form, { method: 'post', action: '/collect', target: 'sink' });
    form.submit();
  });`,
  ],
  ['a stream of events', 'request-undeclared', '/collect (eventsource)', `new EventSource('/collect');`],
  ['a socket', 'request-elsewhere', '(websocket)', `new WebSocket('ws://127.0.0.1:9/');`],
  ['a peer connection', 'request-undeclared', 'RTCPeerConnection', 'new RTCPeerConnection();'],
];

/** What a worker does in its very first moment may be missed. */
const forAWhile = (act: string) => `
  for (let tenths = 1; tenths < 30; tenths++) setTimeout(() => ${act}, tenths * 100);`;

/** What workers do before any choice, each by its name and what must be named with it. */
export const WORKER_BREACHES: readonly (readonly [string, string, string])[] = [
  ['a service worker that keeps something', 'store-undeclared', 'cache "worked"'],
  ['a service worker that reports', 'request-undeclared', 'POST /from-service (fetch)'],
  ['a worker that reads', 'read-undeclared', 'WorkerNavigator.hardwareConcurrency'],
  ['a worker inside a worker that stores', 'store-undeclared', 'indexedDB "nested/id"'],
  ['a shared worker that reports', 'request-undeclared', 'POST /from-shared (fetch)'],
  ['a shared worker that stores', 'store-undeclared', 'indexedDB "shared/id"'],
];

export const WORKER_SEED: Seed = {
  page: `<!doctype html><title>Workers</title><script>
    navigator.serviceWorker.register('/seeded-service.js');
    new Worker('/seeded-worker.js');
    new SharedWorker('/seeded-shared.js');
  </script>`,
  files: {
    '/seeded-service.js': `
    caches.open('worked');
    fetch('/from-service', { method: 'POST', body: 'seen' });`,
    '/seeded-worker.js': `${forAWhile('navigator.hardwareConcurrency')} new Worker('/seeded-nested.js');`,
    '/seeded-nested.js': `(${STORE})('nested', 'id');`,
    '/seeded-shared.js': `
    (${STORE})('shared', 'id');
    ${forAWhile(`fetch('/from-shared', { method: 'POST', body: 'seen' })`)}`,
  },
};

/** What the others need a page, or a flow, of their own for. */
export const SEEDED_BREACHES: readonly SeededBreach[] = [
  panel('accept larger than refuse', 'answers-unequal', 'width', onPanel(`refuse.style.scale = '0.7';`)),
  panel('a refusal hard to read', 'answers-unequal', 'contrast', onPanel(`refuse.style.color = '#bbb';`)),
  {
    ...panel('no refusal on the first layer', 'answer-missing', '', onPanel('refuse.hidden = true;')),
    isAlone: true,
  },
  panel('a wall', 'wall', '', `document.documentElement.style.overflow = 'hidden';`),
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
      `root.querySelector('.head button').onclick = () => inkling.consent.choose('accept-all');`,
    ),
  },
  {
    breaks: 'an id after a refusal',
    flow: 'refuse',
    code: 'store-undeclared',
    script: `if (localStorage['inkling.consent']?.includes('refuse')) localStorage.id = Math.random();`,
  },
  {
    breaks: 'a receipt of a refusal',
    flow: 'refuse',
    code: 'store-ungranted',
    script: `if (localStorage['inkling.consent']?.includes('refuse')) (${STORE})('inkling-receipts', 'id');`,
  },
  {
    breaks: 'a refusal that is forgotten',
    flow: 'refuse',
    isAlone: true,
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
    script: onPanel(`refuse.onclick ??= () => setTimeout(() => (${STORE})('inkling', 'profile'), 400);`),
  },
  {
    breaks: 'a second tab that goes on as before',
    flow: 'two tabs',
    code: 'consent-outlived',
    script: GOES_ON,
  },
  {
    breaks: 'a page out of the back/forward cache that goes on as before',
    flow: 'back and forward',
    code: 'consent-outlived',
    script: GOES_ON + NEVER_DELETES,
  },
  {
    breaks: 'Global Privacy Control ignored',
    flow: 'GPC',
    isAlone: true,
    code: 'gpc-asked',
    script: `Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => false });`,
  },
  {
    breaks: 'Global Privacy Control obeyed in silence',
    flow: 'GPC',
    isAlone: true,
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
