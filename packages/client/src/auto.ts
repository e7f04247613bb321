import { type Consent, type ConsentReader, createReader } from '@inkling/consent';
import type { ConnectedConsent } from '@inkling/consent/define';
import { whenParsed } from './after-parsing.ts';
import { createInkling } from './create-inkling.ts';
import { deleteDatabase } from './delete-database.ts';
import type { Inkling } from './inkling.ts';
import { isBot } from './is-bot.ts';
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

/** What a page may ask for before the script is there: `(window.inkling ||= []).push((inkling) => …)`. */
type Command = (inkling: ScriptTag) => void;

type ScriptTag = Inkling & {
  readonly consent: TagConsent;
  /** Runs commands, as the list did that was in this place before the script. One that throws stops no other. */
  push(...commands: readonly Command[]): void;
};

const OPENERS = '[data-inkling-consent=open],[data-inkling-privacy=open],[data-inkling-event=why]';

declare global {
  interface Window {
    inkling?: ScriptTag | Command[];
  }
}

// The script tag: the one file that acts when it is loaded. A second copy, a crawler, or ?inkling=off: it does nothing.
const { pack, key, campaigns, ort, test } =
  (document.currentScript as HTMLScriptElement | null)?.dataset ?? {};
if (pack) start(pack);

function start(address: string): void {
  try {
    const { inkling: commands = [] } = window;
    if (!Array.isArray(commands) || /[?&]inkling=off(&|$)/.test(location.search) || isBot(test === ''))
      return;
    const life = new AbortController();
    const guard = createPaintGuard();
    const consent = openConsent(life);
    // Its consent is the one it was given; the rest is laid on below.
    const options = {
      pack: address,
      consent,
      publicKeys: key?.split(' '),
      campaigns: campaigns?.split(' '),
      ort,
      // Nothing that a page has added to every object is an option.
      __proto__: null,
    };
    const inkling = createInkling(options) as ScriptTag;
    const { destroy } = inkling;
    inkling.push = (...all) => {
      for (const command of all) setTimeout(command, 0, inkling);
    };
    inkling.destroy = () => {
      life.abort();
      destroy();
      delete window.inkling;
    };
    window.inkling = inkling;
    inkling.push(...commands);
    whenParsed(() => {
      if (life.signal.aborted) return guard.stop();
      life.signal.onabort = mountSlots(inkling, { guard });
      offerConsent(inkling, life);
    });
  } catch {
    // Nothing of ours may break the page: it stands as authored.
  }
}

function openConsent({ signal }: AbortController): TagConsent {
  const options = {
    storage: () => localStorage,
    now: Date.now,
    globalPrivacyControl: !!(
      (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl ||
      document.querySelector('[data-inkling-gpc]')
    ),
    changes(fn: () => void) {
      // A page that was frozen, or in the back/forward cache, has heard of nothing.
      for (const type of ['storage', 'pageshow', 'resume'])
        addEventListener(type, fn, { capture: true, signal });
    },
  };
  const reader = createReader(options);
  let machine: ConnectedConsent | undefined;
  const act: TagConsent['act'] = async (run) => {
    const { connectReader } = await import('@inkling/consent/define');
    // Whoever acts finds the page's Inkling there.
    machine ??= connectReader(reader, options, window.inkling as ScriptTag, readEdgeContext().geo);
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
function offerConsent(inkling: ScriptTag, life: AbortController): void {
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
  const onClick = ({ target }: Event) => {
    const opener = target instanceof Element && target.closest(OPENERS);
    if (opener) show(opener);
  };
  document.addEventListener('click', onClick, life);
  if (!inkling.consent.decided) show();
}
