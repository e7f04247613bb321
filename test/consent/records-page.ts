import { createConsent } from '@inkling/consent';
import { createRecordStore, hashNotice, keepRecords } from '@inkling/consent/records';

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

Object.assign(window, { result: walk() });
