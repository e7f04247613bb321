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

/** The context as far as consent allows: before a choice only what the edge supplied, unless the site decided
 * otherwise; the device's sensors are not even read until they may be. */
export function readContext({
  consent,
  beforeChoice = consent.regime === 'opt-in' ? 'edge' : 'device',
  edge,
  sensors,
  profile,
  override,
}: ContextSources): Context {
  const state = consent.purposes.context;
  const allowed = (source: 'edge' | 'device') =>
    state === 'granted' || (state === 'unset' && (beforeChoice === source || beforeChoice === 'device'));
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
