import type { ConsentSource, ContextPatch, CustomSignals, EdgeMoment } from '@inkling/core';
import type { DeviceStore } from './device-store.ts';

/** @typeParam Custom signals of the site's own, by name */
export interface InklingOptions<Custom extends CustomSignals = CustomSignals> {
  /** Address of pack.json; of this page's own origin unless it is signed. */
  readonly pack: string | URL;
  /** One or two public P-256 keys, each the 65 bytes of its point in base64url: only a pack signed by one of them is
   * used. @default none: a pack of this origin is used unsigned, with a diagnostic */
  readonly publicKeys?: readonly string[] | undefined;
  /** What the visitor allows; `createConsent` of `@inkling/consent`, or any other consent manager behind this port. */
  readonly consent: ConsentSource;
  /** What may be read before the visitor chose: what the edge supplied, the device too, or nothing.
   * @default 'edge' in an opt-in regime, 'device' in the others */
  readonly contextBeforeChoice?: 'edge' | 'device' | 'none';
  /** @default the page's inline context, written by the edge */
  readonly edgeContext?: ContextPatch<Custom> & Pick<EdgeMoment, 'arm'>;
  /** How long after parsing `rank` waits for the pack, in ms: 0 to 300. Later the authored order is the answer.
   * @default 150 */
  readonly deadlineMs?: number;
  /** Address of onnxruntime-web on this site, e.g. `/ort/ort.wasm.min.mjs`: loaded when the page is idle, and only where
   * the model has an operator that `@inkling/onnx` does not know. @default such a model is not run */
  readonly ort?: string | URL | undefined;
  /** Campaigns that may be known by name, as `utm_campaign` gives them; no other is read. @default none */
  readonly campaigns?: readonly string[] | undefined;
  /** The site is under test: a browser that a program drives counts as a visitor's. Without it such a browser, and
   * always a crawler that says so, gets the authored page, and nothing is counted. @default false */
  readonly test?: boolean;
  /** Read in the place of the browser's own sensors, under the purpose `context`. @default those sensors, loaded once
   * they may run */
  readonly sensors?: (now: number) => ContextPatch<Custom>;
  /** @default IndexedDB, or memory where it fails */
  readonly store?: DeviceStore;
  /** @default Date.now */
  readonly now?: () => number;
  /** Fresh randomness as text. @default from crypto.getRandomValues */
  readonly randomSeed?: () => string;
  /** @default globalThis.fetch */
  readonly fetch?: typeof fetch;
}
