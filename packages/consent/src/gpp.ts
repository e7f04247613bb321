import { type ConsentSource, type ConsentState, type Grant, PURPOSES, type Purpose } from '@inkling/core';

/** What is used of what an IAB GPP manager says. */
export interface GppEvent {
  readonly listenerId?: number;
  readonly pingData?: {
    readonly signalStatus?: string;
    /** Ids of the sections that hold for the visitor; -1 alone for none. */
    readonly applicableSections?: readonly number[];
    /** By the name of the section, e.g. `usnat`, its segments. */
    readonly parsedSections?: Readonly<Record<string, unknown>>;
  };
}

/** `window.__gpp`, version 1.1. */
export type GppApi = (
  command: 'addEventListener' | 'removeEventListener',
  callback: (event: GppEvent | null, success: boolean) => void,
  parameter?: number,
) => void;

export interface GppOptions {
  /** `window.__gpp`; undefined where there is none, which means no. */
  readonly api: GppApi | undefined;
  /** How long the manager may be silent, in ms. @default 1000 */
  readonly timeoutMs?: number;
  /** Calls back once after some ms; returns what stops it. @default setTimeout */
  readonly after?: (ms: number, fn: () => void) => () => void;
}

export interface GppSource extends ConsentSource {
  /** Takes the listener back, and drops all subscribers. */
  destroy(): void;
}

/** 1 in any of them is an opt-out (US National section, and those of the states). */
const OPT_OUTS = ['SaleOptOut', 'SharingOptOut', 'TargetedAdvertisingOptOut'];

/**
 * Reads the opt-outs of the US sections from an IAB GPP manager, and writes nothing. An opt-out refuses `profile`,
 * `measurement` and `research`, as Global Privacy Control does; that somebody has not opted out grants nothing. No
 * manager, one that fails, or one that says nothing usable within the time means an opt-out, until it speaks.
 */
export function createGppSource({ api, timeoutMs = 1000, after = afterTimeout }: GppOptions): GppSource {
  const subscribers = new Set<(state: ConsentState) => void>();
  let listener: number | undefined;
  let isStopped = false;
  let state = stateOf('unset');

  function set(grant: Grant): void {
    if (state.purposes.profile === grant) return;
    state = stateOf(grant);
    for (const fn of [...subscribers]) {
      try {
        fn(state);
      } catch {
        // One that throws must not starve the others, nor reach the manager.
      }
    }
  }

  function hear(event: GppEvent | null, success: boolean): void {
    listener = event?.listenerId ?? listener;
    if (isStopped) stop();
    else if (!success || !event) set('refused');
    else read(event);
  }

  function read({ pingData = {} }: GppEvent): void {
    const { signalStatus, applicableSections, parsedSections } = pingData;
    if (signalStatus !== 'ready' || !applicableSections) return;
    stopTimer();
    const isOutside = applicableSections.every((id) => id < 0);
    set(isOutside || (parsedSections && !isOptedOut(parsedSections)) ? 'unset' : 'refused');
  }

  function stop(): void {
    isStopped = true;
    stopTimer();
    if (listener !== undefined) api?.('removeEventListener', () => {}, listener);
  }

  const stopTimer = after(timeoutMs, () => set('refused'));
  try {
    if (api) api('addEventListener', hear);
    else set('refused');
  } catch {
    set('refused');
  }

  return {
    get: () => state,
    subscribe(fn) {
      subscribers.add(fn);
      return () => subscribers.delete(fn);
    },
    destroy() {
      subscribers.clear();
      stop();
    },
  };
}

/** A manager that does not say what is in its US sections is taken to have been told no. */
function isOptedOut(sections: Readonly<Record<string, unknown>>): boolean {
  const segments = Object.entries(sections).flatMap(([name, section]) =>
    name.startsWith('us') ? [section].flat() : [],
  );
  const fields = segments.map((segment): Readonly<Record<string, unknown>> => Object(segment));
  return (
    fields.length === 0 ||
    fields.some((segment) => OPT_OUTS.some((name) => segment[name] === 1) || !!segment.Gpc)
  );
}

function stateOf(grant: Grant): ConsentState {
  const grants = PURPOSES.map((purpose) => [
    purpose,
    purpose === 'necessary' ? 'granted' : purpose === 'context' ? 'unset' : grant,
  ]);
  // Every purpose is among them.
  const purposes = Object.fromEntries(grants) as Record<Purpose, Grant>;
  return Object.freeze({ regime: 'opt-out', purposes: Object.freeze(purposes) });
}

function afterTimeout(ms: number, fn: () => void): () => void {
  const timer = setTimeout(fn, ms);
  return () => clearTimeout(timer);
}
