import type { DeclaredData } from './declared-data.ts';
import { markdownPage, markdownTable } from './markdown.ts';

/** A threat, where it is classed (https://cwe.mitre.org), what is done about it, and the tests that fail without that. */
export interface Threat {
  readonly what: string;
  readonly cwe: readonly number[];
  readonly control: string;
  readonly tests: readonly string[];
}

export const THREATS: readonly Threat[] = [
  {
    what: 'A pack or model is changed on its way',
    cwe: [345, 353, 494],
    control:
      'ECDSA P-256 over pack.json, sha256 of every file, a floor below which versions are refused, expiry',
    tests: ['packages/core/src/pack/open-pack.test.ts', 'test/cli/packs.test.ts'],
  },
  {
    what: 'A model or pack exhausts the browser',
    cwe: [400, 770, 834],
    control: 'limits on bytes, dimensions and nodes, checked before memory is taken',
    tests: ['test/onnx/huge-dims.test.ts', 'test/fuzz/onnx.test.ts', 'test/core/pack.test.ts'],
  },
  {
    what: 'JSON pollutes the prototype of objects',
    cwe: [1321],
    control: '`__proto__` is dropped as JSON is read; names are looked up as own properties',
    tests: ['test/core/pack.test.ts'],
  },
  {
    what: 'Text of the catalog runs as script',
    cwe: [79],
    control: 'text only, no innerHTML; Trusted Types and a strict CSP hold',
    tests: ['test/consent/element.test.ts', 'test/browser/slots.test.ts'],
  },
  {
    what: 'Somebody is told apart by what is stored after a refusal',
    cwe: [359],
    control: 'the stored choice is the same text for all who refused on the same day',
    tests: ['test/cli/audit.test.ts'],
  },
  {
    what: 'Something is kept or sent without a grant',
    cwe: [359, 201],
    control: 'every store and request is declared and asks for its purpose',
    tests: ['test/consent/machine.test.ts', 'test/cli/audit.test.ts', 'test/cli/audit-engines.test.ts'],
  },
  {
    what: 'A precise place reaches a log, a cache or another company',
    cwe: [359, 532],
    control: 'the edge keeps a 0.25° cell alone; the weather provider is given its centre',
    tests: ['test/workerd/edge.test.ts', 'test/workerd/edge-weather.test.ts'],
  },
  {
    what: 'One visitor’s page is cached for another',
    cwe: [524, 349],
    control: 'a page that carries a context is private and not stored',
    tests: ['test/workerd/edge.test.ts'],
  },
  {
    what: 'A sensitive topic is learnt from what was looked at',
    cwe: [359],
    control: 'items with a sensitive tag leave no trace in the profile and change no slate',
    tests: ['test/core/sensitive.test.ts'],
  },
  {
    what: 'A frame forges the answer of a consent manager',
    cwe: [346],
    control:
      'only the frame that was asked is heard, and only in the form that is expected; silence means no',
    tests: ['packages/consent/src/tcf.test.ts'],
  },
  {
    what: 'One visitor is read out of totals, or somebody adds to them without end',
    cwe: [359, 203, 799, 345],
    control:
      'what a batch may add is bounded, each is counted once; cells of 50 batches or more, nothing by subtraction, noise ' +
      'drawn once; what is left is in docs/collector.md',
    tests: ['test/workerd/collector.test.ts', 'packages/edge/src/collector/release.test.ts'],
  },
  {
    what: 'The script fails and takes the page with it',
    cwe: [755],
    control: 'the authored page stands; no exception reaches the host',
    tests: ['test/faults/page-stands.test.ts'],
  },
];

/** What can go wrong, what is done about it, and what is left. */
export function threatModel({ stores, egress }: DeclaredData): string {
  return markdownPage(
    '# Threat model',
    '**Worth protecting:** ' +
      `${stores.map(({ name }) => `the ${name}`).join(', ')} on the device; ` +
      `${egress.length > 0 ? `what is sent as ${egress.map(({ id }) => id).join(', ')}` : 'that nothing else is sent'}; ` +
      'the page itself.',
    '**Trusted:** the browser, the site’s own server and whoever holds its signing key. Other scripts of the page are ' +
      'not: they can read what any script of the origin can, which is why the profile holds so little for so short.',
    markdownTable([
      ['threat', 'class', 'what is done', 'held by'],
      ...THREATS.map(({ what, cwe, control, tests }) => [
        what,
        cwe.map((number) => `CWE-${number}`).join(', '),
        control,
        tests.map((test) => `\`${test}\``).join(', '),
      ]),
      ...egress.map(({ id, url, recipient = 'the site', fields }) => [
        `${recipient} tells visitors apart by what \`${id}\` says`,
        'CWE-359, CWE-203',
        `${fields.length} fields, no identifier, no query, to \`${url}\`; anything more is a breach for \`inkling audit\``,
        `[how ${recipient} combines and forgets it]`,
      ]),
    ]),
    '**What is left:** somebody with the device in hand sees what its owner sees; what has been added to totals cannot ' +
      'be taken back; a server can do with a request what it likes.',
  );
}
