import {
  type ConsentState,
  type Context,
  type ContextPatch,
  createContext,
  gateContext,
  lastItems,
  type Profile,
} from '@inkling/core';

export interface ContextSources {
  readonly consent: ConsentState;
  readonly beforeChoice: 'edge' | 'device' | 'none' | undefined;
  readonly edge: ContextPatch;
  readonly sensors: () => ContextPatch;
  readonly profile: Profile | undefined;
  readonly override: ContextPatch | undefined;
}

/** Whether a source may be read: before a choice only what the edge supplied in an opt-in regime, and the device too in
 * the others, unless the site decided otherwise. */
export function mayRead(
  source: 'edge' | 'device',
  { regime, purposes: { context } }: ConsentState,
  beforeChoice: ContextSources['beforeChoice'] = regime === 'opt-in' ? 'edge' : 'device',
): boolean {
  return (
    context === 'granted' || (context === 'unset' && (beforeChoice === source || beforeChoice === 'device'))
  );
}

/** The context as far as consent allows; the device's sensors are not even read until they may be. */
export function readContext({
  consent,
  beforeChoice,
  edge,
  sensors,
  profile,
  override,
}: ContextSources): Context {
  const allowed = (source: 'edge' | 'device') => mayRead(source, consent, beforeChoice);
  const visit = profile?.visit;
  return createContext(
    allowed('device') ? gateContext(sensors(), consent) : undefined,
    allowed('edge') ? gateContext(edge, consent) : undefined,
    visit && {
      session: { pages: visit.pages, lastItems: lastItems(profile), cart: visit.cart },
      visit: { type: visit.count > 1 ? 'returning' : 'new' },
    },
    override,
  );
}
