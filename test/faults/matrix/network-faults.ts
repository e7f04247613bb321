import type { Answer, Fault } from './fault.ts';

const PACK = /^\/inkling\/pack\.json$/;
const CATALOG = /^\/inkling\/catalog-/;
const SCRIPT = /^\/inkling\.js$/;
const HTML = '<!doctype html><title>Log in</title><h1>Log in to this network</h1>';
const html: Answer = { headers: { 'content-type': 'text/html' }, body: HTML };

/** What a browser itself says of a file that is no script. */
const NO_SCRIPT = /SyntaxError|Script error/;

function answers(path: RegExp, answer: Answer | ((file: Buffer) => Answer)): NonNullable<Fault['answer']> {
  return (asked, file = Buffer.alloc(0)) => {
    if (!path.test(asked)) return undefined;
    return typeof answer === 'function' ? answer(file) : { body: file, ...answer };
  };
}

const NEVER: Answer = { afterMs: Infinity };
const GONE: Answer = { status: 404, body: 'no' };

const script: readonly Omit<Fault, 'kind'>[] = [
  { name: 'the script is not there', expect: 'authored', decides: false, answer: answers(SCRIPT, GONE) },
  { name: 'the script never arrives', expect: 'authored', decides: false, answer: answers(SCRIPT, NEVER) },
  {
    name: 'the script comes after half a second',
    expect: 'either',
    answer: answers(SCRIPT, { afterMs: 500 }),
  },
  {
    name: 'the connection ends in the middle of the script',
    expect: 'authored',
    decides: false,
    answer: answers(SCRIPT, { cutAt: 0.5 }),
  },
  {
    name: 'the script was stored cut in half',
    expect: 'authored',
    decides: false,
    reported: NO_SCRIPT,
    answer: answers(SCRIPT, (file) => ({ body: file.subarray(0, file.length / 2) })),
  },
  {
    name: 'the script is a log-in page',
    expect: 'authored',
    decides: false,
    reported: NO_SCRIPT,
    answer: answers(SCRIPT, html),
  },
  {
    name: 'the script has a type that is refused',
    expect: 'authored',
    decides: false,
    answer: answers(SCRIPT, {
      headers: { 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' },
    }),
  },
  {
    name: 'the script is redirected to a folder without its chunks',
    expect: 'either',
    decides: false,
    answer: (path) => {
      if (SCRIPT.test(path))
        return { status: 302, headers: { location: '/search.html/../inkling.js?moved' }, body: '' };
      return undefined;
    },
  },
];

const pack: readonly Omit<Fault, 'kind'>[] = [
  { name: 'the pack is not there', expect: 'authored', code: 'E_PACK_FETCH', answer: answers(PACK, GONE) },
  {
    name: 'the server of the pack is broken',
    expect: 'authored',
    code: 'E_PACK_FETCH',
    answer: answers(PACK, { status: 503 }),
  },
  { name: 'the pack never arrives', expect: 'authored', decides: false, answer: answers(PACK, NEVER) },
  { name: 'the pack comes after half a second', expect: 'either', answer: answers(PACK, { afterMs: 500 }) },
  {
    name: 'the connection ends in the middle of the pack',
    expect: 'authored',
    code: 'E_PACK_FETCH',
    answer: answers(PACK, { cutAt: 0.5 }),
  },
  {
    name: 'the pack was stored cut in half',
    expect: 'authored',
    code: 'E_PACK_FORMAT',
    answer: answers(PACK, (file) => ({ body: file.subarray(0, file.length / 2) })),
  },
  {
    name: 'the pack is empty',
    expect: 'authored',
    code: 'E_PACK_FORMAT',
    answer: answers(PACK, { body: '' }),
  },
  {
    name: 'the pack is a log-in page',
    expect: 'authored',
    code: 'E_PACK_FORMAT',
    answer: answers(PACK, html),
  },
  {
    name: 'the pack is redirected to a log-in page',
    expect: 'authored',
    code: 'E_PACK_FETCH',
    answer: (path) => {
      if (PACK.test(path)) return { status: 302, headers: { location: '/login' }, body: '' };
      return path === '/login' ? html : undefined;
    },
  },
  {
    name: 'the pack is redirected to another origin, which is not asked to share',
    expect: 'authored',
    code: 'E_PACK_FETCH',
    answer: answers(PACK, { status: 302, headers: { location: 'http://127.0.0.1:9/pack.json' }, body: '' }),
  },
  {
    name: 'the pack is redirected in a circle',
    expect: 'authored',
    code: 'E_PACK_FETCH',
    answer: answers(PACK, { status: 302, headers: { location: '/inkling/pack.json' }, body: '' }),
  },
  {
    name: 'the pack is served as text',
    expect: 'personalized',
    answer: answers(PACK, { headers: { 'content-type': 'text/plain' } }),
  },
  {
    name: 'the pack says it is compressed, and is not',
    // WebKit takes it all the same.
    expect: 'either',
    answer: answers(PACK, { headers: { 'content-encoding': 'gzip' } }),
  },
];

const parts: readonly Omit<Fault, 'kind'>[] = [
  {
    name: 'the catalog is not there',
    expect: 'authored',
    code: 'E_PACK_FETCH',
    answer: answers(CATALOG, GONE),
  },
  { name: 'the catalog never arrives', expect: 'authored', decides: false, answer: answers(CATALOG, NEVER) },
  {
    name: 'the catalog comes after half a second',
    expect: 'either',
    answer: answers(CATALOG, { afterMs: 500 }),
  },
  {
    name: 'the connection ends in the middle of the catalog',
    expect: 'authored',
    code: 'E_PACK_FETCH',
    answer: answers(CATALOG, { cutAt: 0.9 }),
  },
  {
    name: 'the catalog is a log-in page',
    expect: 'authored',
    code: 'E_INTEGRITY',
    answer: answers(CATALOG, html),
  },
  {
    name: 'one byte of the catalog is another',
    expect: 'authored',
    code: 'E_INTEGRITY',
    answer: answers(CATALOG, (file) => ({ body: file.toString().replace('e', 'f') })),
  },
  {
    name: 'no lazy chunk is there',
    expect: 'either',
    decides: false,
    answer: answers(/^\/[\w-]+-[0-9a-f]{8}\.js$/, GONE),
  },
  {
    name: 'every lazy chunk is a log-in page',
    expect: 'either',
    decides: false,
    answer: answers(/^\/[\w-]+-[0-9a-f]{8}\.js$/, html),
  },
  {
    name: 'a lazy chunk has lost its end',
    expect: 'either',
    code: 'profile_failed',
    answer: answers(/^\/profile-\w+\.js$/, (file) => ({ body: file.subarray(0, file.length / 2) })),
  },
  {
    name: 'what remembers is not there',
    expect: 'personalized',
    code: 'profile_failed',
    answer: answers(/^\/profile-\w+\.js$/, GONE),
  },
  {
    name: 'what remembers never arrives',
    expect: 'authored',
    decides: false,
    answer: answers(/^\/profile-\w+\.js$/, NEVER),
  },
  {
    name: 'what finds candidates is not there',
    expect: 'authored',
    answer: answers(/^\/candidates-\w+\.js$/, GONE),
  },
  {
    name: 'what learns is not there',
    expect: 'personalized',
    code: 'learn_failed',
    answer: answers(/^\/learn-\w+\.js$/, GONE),
  },
  {
    name: 'what makes cards is not there',
    expect: 'either',
    decides: false,
    answer: answers(/^\/views-\w+\.js$/, GONE),
  },
  {
    name: 'what makes cards never arrives',
    expect: 'either',
    decides: false,
    answer: answers(/^\/views-\w+\.js$/, NEVER),
  },
  {
    name: 'what notices exposure is not there',
    expect: 'personalized',
    answer: answers(/^\/exposure-\w+\.js$/, GONE),
  },
  {
    name: 'what asks for consent is not there',
    expect: 'personalized',
    choice: 'none',
    code: 'consent_failed',
    answer: answers(/^\/consent-\w+\.js$/, GONE),
  },
  { name: 'the style sheet is not there', expect: 'either', answer: answers(/\.css$/, GONE) },
];

export const NETWORK_FAULTS: readonly Fault[] = [...script, ...pack, ...parts].map((fault) => ({
  ...fault,
  kind: 'network',
}));
