/** What consent is asked for. DESIGN: `necessary` keeps the choice itself, `context` computes with the moment in
 * memory, `profile` remembers on this device, `measurement` contributes to totals, `research` sends single decisions. */
export type Purpose = 'necessary' | 'context' | 'profile' | 'measurement' | 'research';

export const PURPOSES: readonly Purpose[] = ['necessary', 'context', 'profile', 'measurement', 'research'];

export type Grant = 'granted' | 'refused' | 'unset';

export type Regime = 'opt-in' | 'opt-out' | 'notice';

export interface ConsentState {
  readonly region?: string;
  readonly regime: Regime;
  readonly purposes: Readonly<Record<Purpose, Grant>>;
}

/** Where the runtime learns what the visitor chose; any consent manager can stand behind it. */
export interface ConsentSource {
  get(): ConsentState;
  /** Calls `fn` on every change; returns the disposer. */
  subscribe(fn: (state: ConsentState) => void): () => void;
}

/** Name of the BroadcastChannel by which a tab says that something was chosen. A message says nothing else: whoever hears
 * it asks his `ConsentSource`. */
export const CONSENT_CHANNEL = 'inkling.consent';
