import { createConsent } from '@inkling/consent';
import { type ConsentRecord, createRecordStore, hashNotice, keepRecords } from '@inkling/consent/records';

const databases = async () => (await indexedDB.databases()).map(({ name }) => name);

async function openTab() {
  return keepRecords(createConsent({ storage: localStorage, now: Date.now }), {
    store: createRecordStore(),
    now: Date.now,
    randomId: () => crypto.randomUUID(),
    notice: {
      controller: location.origin,
      language: 'en',
      policyVersion: 1,
      hash: await hashNotice('May we?', crypto.subtle),
    },
  });
}

/** What is stored after each step of a visitor with two tabs. */
async function walk(): Promise<unknown> {
  const [here, there] = [await openTab(), await openTab()];
  const steps: unknown[] = [];
  const note = async () => {
    const records = await here.records.list();
    steps.push({
      keys: Object.keys(localStorage),
      databases: await databases(),
      events: records.map((record) =>
        record['dpv:hasConsentStatus'].map((event) => event['@type'].slice(11)),
      ),
    });
  };
  here.choose('refuse-all');
  await note();
  here.choose('accept-all');
  await note();
  here.withdraw();
  await note();
  there.choose('accept-all');
  await there.records.list();
  here.erase();
  await note();
  return steps;
}

/** What is left where one tab looks while another erases, many times over. */
async function race(): Promise<unknown> {
  const [here, there] = [createRecordStore(), createRecordStore()];
  for (let round = 0; round < 30; round++) {
    // All that the store itself looks at.
    await here.put({ 'dct:identifier': String(round) } as ConsentRecord);
    await Promise.all([here.erase(), there.all()]);
  }
  return databases();
}

Object.assign(window, { result: walk().then(async (steps) => ({ steps, raced: await race() })) });
