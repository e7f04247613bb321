import type { Inkling } from '@inkling/client';
import type { Consent } from '@inkling/consent';

declare global {
  interface Window {
    /** What the script tag sets. */
    readonly inkling?: Inkling & { readonly consent: Consent };
  }
}
