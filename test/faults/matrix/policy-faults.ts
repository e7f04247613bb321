import type { Fault } from './fault.ts';

const policies: readonly Omit<Fault, 'kind'>[] = [
  {
    name: 'a policy without wasm-unsafe-eval',
    expect: 'personalized',
    headers: { 'content-security-policy': "default-src 'self'; script-src 'self'" },
  },
  {
    name: 'a policy that allows no connection',
    expect: 'authored',
    code: 'E_PACK_FETCH',
    headers: { 'content-security-policy': "default-src 'self'; connect-src 'none'" },
  },
  {
    name: 'a policy that allows our script and none that it loads',
    expect: 'either',
    decides: false,
    headers: {
      'content-security-policy':
        'script-src http://127.0.0.1:*/inkling.js http://127.0.0.1:*/watch.js http://127.0.0.1:*/before.js',
    },
  },
  {
    name: 'a policy that allows no script at all but the watch',
    expect: 'authored',
    decides: false,
    headers: {
      'content-security-policy': 'script-src http://127.0.0.1:*/watch.js http://127.0.0.1:*/before.js',
    },
  },
  {
    name: 'Trusted Types enforced, and no policy allowed',
    expect: 'personalized',
    headers: { 'content-security-policy': "require-trusted-types-for 'script'; trusted-types 'none'" },
  },
  {
    name: 'Trusted Types enforced, and the panel asked for',
    expect: 'personalized',
    choice: 'none',
    headers: {
      'content-security-policy':
        "default-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
    },
  },
  {
    name: 'a policy without inline styles, and the panel asked for',
    expect: 'personalized',
    choice: 'none',
    headers: { 'content-security-policy': "default-src 'self'" },
  },
  {
    name: 'a sandboxed frame with an opaque origin',
    expect: 'authored',
    decides: false,
    sandbox: 'allow-scripts',
  },
  {
    name: 'a page sandboxed by its own policy',
    expect: 'authored',
    decides: false,
    headers: { 'content-security-policy': 'sandbox allow-scripts' },
  },
  {
    name: 'an isolated page: COOP and COEP',
    expect: 'personalized',
    headers: {
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
    },
  },
  {
    name: 'a page that allows no feature',
    expect: 'personalized',
    headers: { 'permissions-policy': 'geolocation=(), compute-pressure=(), idle-detection=(), sync-xhr=()' },
  },
];

const clocks: readonly Omit<Fault, 'kind'>[] = [
  {
    name: 'the clock is ten years ahead',
    expect: 'authored',
    code: 'E_PACK_EXPIRED',
    before() {
      const { now } = Date;
      Date.now = () => now() + 3650 * 86_400_000;
    },
  },
  {
    name: 'the clock is ten years behind',
    expect: 'either',
    before() {
      const { now } = Date;
      Date.now = () => now() - 3650 * 86_400_000;
    },
  },
  {
    name: 'the clock runs backwards',
    expect: 'either',
    before() {
      const { now } = Date;
      const start = now();
      Date.now = () => start - (now() - start) * 1000;
    },
  },
  {
    name: 'the clock says NaN',
    expect: 'either',
    before() {
      Date.now = () => Number.NaN;
    },
  },
  {
    name: 'the clock stands at the epoch',
    expect: 'either',
    before() {
      Date.now = () => 0;
    },
  },
];

export const POLICY_FAULTS: readonly Fault[] = [
  ...policies.map((fault): Fault => ({ ...fault, kind: 'policy' })),
  ...clocks.map((fault): Fault => ({ ...fault, kind: 'clock' })),
];
