import { type Consent, createConsent } from '@inkling/consent';
import type { Diagnostic } from '@inkling/core';
import { createInkling, type Inkling } from './create-inkling.ts';
import { mountSlots } from './slots/mount-slots.ts';
import { createPaintGuard } from './slots/paint-guard.ts';

type ScriptTag = Inkling & { readonly consent: Consent };

declare global {
  interface Window {
    inkling?: ScriptTag;
  }
}

// The script tag: the one file that acts when it is loaded. A second copy, or ?inkling=off, does nothing.
const { pack, key } = (document.currentScript as HTMLScriptElement | null)?.dataset ?? {};
if (pack && !window.inkling && new URLSearchParams(location.search).get('inkling') !== 'off') start(pack);

function start(address: string): void {
  try {
    const guard = createPaintGuard();
    const early: Diagnostic[] = [];
    const consent = openConsent((diagnostic) => {
      if (window.inkling) window.inkling.report(diagnostic);
      else early.push(diagnostic);
    });
    // Its consent is the one it was given.
    const inkling = createInkling({ pack: address, consent, publicKeys: key?.split(' ') }) as ScriptTag;
    window.inkling = inkling;
    early.forEach(inkling.report);
    whenParsed(() => {
      mountSlots(inkling, { guard });
      offerConsent(inkling);
    });
  } catch {
    // Nothing of ours may break the page: it stands as authored.
  }
}

function openConsent(onDiagnostic: (diagnostic: Diagnostic) => void): Consent {
  return createConsent({
    ...storageIfAllowed(),
    now: Date.now,
    globalPrivacyControl: (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true,
    onDiagnostic,
    changes(fn) {
      addEventListener('storage', fn);
      return () => removeEventListener('storage', fn);
    },
  });
}

/** Even naming localStorage throws where the visitor blocks it. */
function storageIfAllowed(): { storage?: Storage } {
  try {
    return { storage: localStorage };
  } catch {
    return {};
  }
}

/** Shows the banner where a choice is due, and opens the choices from any `data-inkling-consent="open"`. */
function offerConsent({ consent, report }: ScriptTag): void {
  const show = (open: boolean) => {
    import('@inkling/consent/define')
      .then(({ showConsent }) => showConsent(consent, open))
      .catch((cause) => {
        report({ code: 'consent_failed', stage: 'consent', message: String(cause), at: Date.now(), cause });
      });
  };
  document.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest('[data-inkling-consent="open"]')) show(true);
  });
  if (!consent.decided) show(false);
}

function whenParsed(run: () => void): void {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', run, { once: true });
  else run();
}
