import type { Diagnostic, Gate } from '@inkling/core';
import { type ConsentStorage, createConsent } from './create-consent.ts';
import type { ConsentReader, ReaderOptions } from './create-reader.ts';
import type { PrivacyPage } from './privacy-page.ts';
import { type RecordedConsent, recordActs } from './record-acts.ts';
import { regimeOf } from './regime-of.ts';
import type { RegimeRule } from './regime-rule.ts';
import { showElements } from './show-elements.ts';
import { siteRegimes } from './site-regimes.ts';
import { tellTabs } from './tell-tabs.ts';

/** What a machine needs of the page's Inkling. */
export interface ConnectedPage extends PrivacyPage {
  readonly gate: Gate;
  /** The pack is there, or never comes. */
  readonly ready: Promise<void>;
  report(diagnostic: Diagnostic): void;
}

export interface ConnectOptions extends Omit<ReaderOptions, 'storage'> {
  readonly storage: () => ConsentStorage;
}

/** The machine behind a reader, and what it shows. */
export interface ConnectedConsent extends RecordedConsent {
  /** What a button of the page stands for; without one the question, where it is due. */
  show(opener?: Element): Promise<void>;
}

/** Sets a machine behind the reader, so that the visitor can act; the reader follows it from now on. Acts are recorded,
 * and other tabs hear of them.
 * @param place where the visitor is, as far as that is known: ISO 3166 codes of the country and its subdivision */
export function connectReader(
  reader: ConsentReader,
  options: ConnectOptions,
  page: ConnectedPage,
  { country, region }: { readonly country?: string; readonly region?: string } = {},
): ConnectedConsent {
  const { changes, now, storage } = options;
  const onDiagnostic = page.report;
  let look = () => {};
  const place = country && region ? `${country}-${region}` : country;
  const ruleHere = (): RegimeRule => {
    const rows = siteRegimes(page.pack(), (found) =>
      onDiagnostic({
        code: 'regimes_refused',
        stage: 'consent',
        message: `pack.regimes: expected rows, found ${JSON.stringify(found)}`,
        at: now(),
      }),
    );
    return regimeOf(place, rows);
  };
  const consent = createConsent({
    ...options,
    storage: {
      getItem: (key) => storage().getItem(key),
      setItem: (key, value) => page.gate.pass('choice', () => storage().setItem(key, value)),
      removeItem: (key) => storage().removeItem(key),
    },
    changes(fn) {
      look = fn;
      changes(fn);
      // Both live as long as the page.
      return () => {};
    },
    onDiagnostic,
    // Whoever is asked before the pack has come is asked by the strictest rule until then.
    regime: page.pack() && ruleHere(),
  });
  reader.follow({
    // Like the reader alone, it goes by what is stored now, whoever stored it.
    get() {
      look();
      return consent.get();
    },
    subscribe: consent.subscribe,
  });
  if (!page.pack()) void page.ready.then(() => consent.setRegime(ruleHere()));
  consent.subscribe(tellTabs);
  const recorder = import('./page-records.ts').then(({ openRecorder }) => openRecorder(page.gate));
  const recorded = recordActs(consent, recorder, { now, onDiagnostic });
  page.receipts ??= async () => (await import('./page-records.ts')).receiptsOf(recorded.records);
  return Object.assign(recorded, { show: (opener?: Element) => showElements(recorded, page, opener) });
}
