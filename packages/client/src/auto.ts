import { type Consent, type ConsentReader, createReader } from '@inkling/consent';
import type { ConnectedConsent } from '@inkling/consent/define';
import { createInkling, type Inkling } from './create-inkling.ts';
import { deleteDatabase } from './delete-database.ts';
import { readEdgeContext } from './read-edge-context.ts';
import { mountSlots } from './slots/mount-slots.ts';
import { createPaintGuard } from './slots/paint-guard.ts';

/** Reading is done at once; what acts loads its code first, and resolves when the act is done. */
interface TagConsent extends ConsentReader {
  act(run: (consent: ConnectedConsent) => unknown): Promise<void>;
  choose(...call: Parameters<Consent['choose']>): Promise<void>;
  /** Where its code cannot be loaded, it takes the stored choice away instead. */
  withdraw(): Promise<void>;
  /** The same, and the receipts. */
  erase(): Promise<void>;
}

type ScriptTag = Inkling & { readonly consent: TagConsent };

const OPENERS = '[data-inkling-consent=open],[data-inkling-privacy=open],[data-inkling-event=why]';

declare global {
  interface Window {
    inkling?: ScriptTag;
  }
}

// The script tag: the one file that acts when it is loaded. A second copy, or ?inkling=off, does nothing.
const { pack, key } = (document.currentScript as HTMLScriptElement | null)?.dataset ?? {};
if (pack && !window.inkling && !/[?&]inkling=off(&|$)/.test(location.search)) start(pack);

function start(address: string): void {
  try {
    const guard = createPaintGuard();
    const consent = openConsent();
    // Its consent is the one it was given.
    const options = {
      pack: address,
      consent,
      publicKeys: key?.split(' '),
      // Nothing that a page has added to every object is an option.
      __proto__: null,
    };
    const inkling = createInkling(options) as ScriptTag;
    window.inkling = inkling;
    whenParsed(() => {
      mountSlots(inkling, { guard });
      offerConsent(inkling);
    });
  } catch {
    // Nothing of ours may break the page: it stands as authored.
  }
}

function openConsent(): TagConsent {
  const options = {
    storage: () => localStorage,
    now: Date.now,
    globalPrivacyControl: !!(
      (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl ||
      document.querySelector('[data-inkling-gpc]')
    ),
    changes(fn: () => void) {
      // A page that was frozen, or in the back/forward cache, has heard of nothing.
      for (const type of ['storage', 'pageshow', 'resume']) addEventListener(type, fn, true);
    },
  };
  const reader = createReader(options);
  let machine: ConnectedConsent | undefined;
  const act: TagConsent['act'] = async (run) => {
    const { connectReader } = await import('@inkling/consent/define');
    // Whoever acts finds the page's Inkling there.
    machine ??= connectReader(reader, options, window.inkling as ScriptTag, readEdgeContext(document).geo);
    await run(machine);
  };
  return Object.assign(reader, {
    act,
    choose: (...call: Parameters<Consent['choose']>) => act((consent) => consent.choose(...call)),
    withdraw: () => act((consent) => consent.withdraw()).catch(reader.forget),
    erase: () =>
      act((consent) => consent.erase()).catch(() => {
        reader.forget();
        return deleteDatabase('inkling-receipts');
      }),
  });
}

/** Shows the banner where a choice is due, and whatever the page's own buttons open. */
function offerConsent(inkling: ScriptTag): void {
  const show = (opener?: Element) => {
    inkling.consent
      .act((machine) => machine.show(opener))
      .catch((cause) => {
        inkling.report({
          code: 'consent_failed',
          stage: 'consent',
          message: String(cause),
          at: Date.now(),
          cause,
        });
      });
  };
  document.addEventListener('click', ({ target }) => {
    const opener = target instanceof Element && target.closest(OPENERS);
    if (opener) show(opener);
  });
  if (!inkling.consent.decided) show();
}

function whenParsed(run: () => void): void {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', run, { once: true });
  else run();
}
