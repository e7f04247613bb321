import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CliError, type DocumentedPack, documentsOf, fingerprint, runDocuments, THREATS } from '@inkling/cli';
import { expect, test, vi } from 'vitest';
import { SENSED } from '../../packages/cli/src/documents/declared-data.ts';
import { startSensors } from '../../packages/client/src/sensors/start-sensors.ts';

const ROOT = join(import.meta.dirname, '../..');
const PACK = join(ROOT, 'examples/storefront/pack');
const FOLDER = join(ROOT, 'docs/privacy');
const readJson = (name: string) => JSON.parse(readFileSync(join(PACK, name), 'utf8'));

function storefront(): DocumentedPack {
  const spec = readJson('features.json');
  const settings = readJson('settings.json');
  return {
    id: 'storefront',
    spec,
    fingerprint: fingerprint(spec),
    experiment: { holdout: 0.1 },
    ...settings,
  };
}

const totals = {
  id: 'totals',
  url: 'https://count.example/v1',
  purpose: 'measurement',
  fields: ['slot', 'count'],
  sentence: 'What was shown is added to totals.',
  recipient: 'Count & <Co>',
  days: 30,
} as const;

test('the project’s own documents are what its declarations say: `inkling documents` writes them anew', () => {
  const documents = documentsOf(storefront());
  expect(readdirSync(FOLDER).sort()).toEqual([...documents.keys()].sort());
  for (const [name, content] of documents)
    expect(readFileSync(join(FOLDER, name), 'utf8'), name).toBe(content);
});

test('what a pack declares to leave the browser is in every document, with its purpose and who gets it', () => {
  const documents = documentsOf({ ...storefront(), egress: [totals] });
  const without = documentsOf(storefront());
  for (const [name, content] of documents)
    expect(content === without.get(name), name).toBe(name === 'README.md');
  const picture = documents.get('data-flow.svg') ?? '';
  expect(picture).toContain('Only with measurement: slot, count');
  expect(picture).toContain('Count &#38; &#60;Co&#62;: totals');
  expect(picture).not.toContain('Nothing else leaves the browser');
  expect(documents.get('retention.md')).toContain(
    '| Count & <Co>, `https://count.example/v1` | measurement |',
  );
  expect(documents.get('processing-record.md')).toContain('| Data sent | totals: slot, count |');
  expect(documents.get('impact-assessment.md')).not.toContain('Nothing about a visitor leaves the browser.');
});

test('what is counted on the device is in the documents of a pack that asks for totals, and in no others', () => {
  const report = { ...totals, id: 'report', url: '/inkling/report', fields: ['batch', 'cells'] };
  const retention = (pack: DocumentedPack) => documentsOf(pack).get('retention.md');
  expect(retention({ ...storefront(), egress: [report] })).toContain('`indexedDB inkling/totals`');
  expect(retention({ ...storefront(), egress: [totals] })).not.toContain('inkling/totals');
});

test('a signal that the features no longer read leaves the documents', () => {
  const pack = storefront();
  const features = pack.spec.features.filter((feature) => !JSON.stringify(feature).includes('weather.'));
  // Only features are left out of a spec that is in order.
  const fewer = { ...pack, spec: { ...pack.spec, features } } as DocumentedPack;
  const said = (each: DocumentedPack) => documentsOf(each).get('impact-assessment.md');
  expect(said(pack)).toContain('`weather.condition`');
  expect(said(fewer)).not.toContain('`weather.condition`');
});

test('what the runtime looks at is what the assessment says', () => {
  const element = { scrollHeight: 1, dataset: { inklingPage: 'product', inklingPageItem: 'kettle' } };
  const listening = { addEventListener() {}, removeEventListener() {} };
  vi.stubEnv('TZ', 'Europe/Berlin');
  for (const [name, value] of Object.entries({
    ...listening,
    matchMedia: () => ({ matches: false }),
    innerWidth: 1000,
    innerHeight: 1,
    scrollY: 0,
    location: { search: '?utm_campaign=summer', host: 'shop.example' },
    document: {
      ...listening,
      body: element,
      documentElement: element,
      referrer: '',
      visibilityState: 'visible',
    },
  }))
    vi.stubGlobal(name, value);
  const sensors = startSensors({ campaigns: ['summer'], now: () => 0 });
  const sensed = Object.entries(sensors.read(0)).flatMap(([area, fields]) =>
    Object.keys(fields ?? {}).map((field) => `${area}.${field}`),
  );
  sensors.stop();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  expect(sensed.sort()).toEqual([...SENSED].sort());
});

test('every threat is held by tests that are there', () => {
  for (const { what, tests } of THREATS)
    for (const name of tests) expect(existsSync(join(ROOT, name)), `${what}: ${name}`).toBe(true);
});

test('the command says what is wrong with a pack, and writes nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'inkling-documents-'));
  writeFileSync(join(folder, 'pack.json'), '{ "format": 1');
  await expect(runDocuments({ pack: folder, out: join(folder, 'out') })).rejects.toThrow(CliError);
  expect(existsSync(join(folder, 'out'))).toBe(false);
  rmSync(folder, { recursive: true });
});
