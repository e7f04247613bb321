import type { ConsentState } from '../purpose.ts';
import type {
  AreaPurposes,
  Context,
  ContextPatch,
  CustomSignals,
  GrantedContext,
  SignalPurpose,
} from './context.ts';

/** The purpose that must be granted before a signal of this area may be read. */
export function purposeOf<Area extends keyof AreaPurposes>(area: Area): AreaPurposes[Area] {
  // What the type says of each area.
  return (area === 'session' || area === 'visit' ? 'profile' : 'context') as AreaPurposes[Area];
}

/** The context as far as these purposes reach; the other areas are not there, for the compiler as at runtime. */
export function grantContext<Granted extends SignalPurpose, Custom extends CustomSignals = CustomSignals>(
  context: Context<Custom>,
  granted: readonly Granted[],
): GrantedContext<Granted, Custom> {
  // What is left are the areas of the granted purposes.
  return areasWhere(context, (purpose) =>
    granted.some((one) => one === purpose),
  ) as unknown as GrantedContext<Granted, Custom>;
}

/** Drops from a layer the areas whose purpose is refused, and those that need `profile` while it is not granted. */
export function gateContext(layer: ContextPatch, { purposes }: ConsentState): ContextPatch {
  return areasWhere(layer, (purpose) =>
    purpose === 'context' ? purposes.context !== 'refused' : purposes[purpose] === 'granted',
  );
}

function areasWhere(layer: ContextPatch, allows: (purpose: SignalPurpose) => boolean): ContextPatch {
  return Object.fromEntries(
    Object.entries(layer).filter(([area]) => allows(purposeOf(area as keyof Context))),
  );
}
