import { PANEL_STYLE } from './panel-style.ts';

/** What every panel says. */
export interface PanelTexts {
  /** BCP 47 tag of these texts, for voices, hyphenation and direction. */
  readonly language: string;
  readonly close: string;
}

export interface PanelSetup<Texts> {
  readonly english: Texts;
  /** Loads the texts of the page's language; undefined where there are none. */
  readonly load: (language: string) => Promise<Texts> | undefined;
  /** What this panel needs besides the style of all. @default none */
  readonly style?: string;
  /** Properties that a page may set before the element is defined. */
  readonly properties: readonly string[];
}

export interface PanelNodes {
  /** What stands in the element's own place. */
  readonly beside?: HTMLElement | undefined;
  /** What floats above the page; undefined while the element is closed. */
  readonly panel?: HTMLElement | undefined;
}

/** Lets the module be imported where there is no DOM, e.g. when a page is rendered on a server. */
const Base: typeof HTMLElement = globalThis.HTMLElement ?? Object;

/** A panel beside the page: not modal, closed by Escape, in the language of the page, and giving the focus back to what
 * had it. What it shows is the subclass's. */
export abstract class PanelElement<Texts extends PanelTexts> extends Base {
  readonly #setup: PanelSetup<Texts>;
  readonly #root: ShadowRoot;
  #own: Partial<Texts> = {};
  /** The language's texts; undefined until they are there. */
  #spoken: Texts | undefined;
  #panel: HTMLElement | undefined;
  /** The focus shall go into the panel once its texts are there. */
  #isWanted = false;
  /** What had the focus before the panel did. */
  #origin: HTMLElement | undefined;

  constructor(setup: PanelSetup<Texts>) {
    super();
    this.#setup = setup;
    this.#root = this.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(PANEL_STYLE + (setup.style ?? ''));
    this.#root.adoptedStyleSheets = [sheet];
    this.addEventListener('focusin', ({ relatedTarget }) => {
      if (relatedTarget instanceof HTMLElement && !this.contains(relatedTarget)) this.#origin = relatedTarget;
    });
  }

  /** Texts to show instead of those of the page's language, which is English where there are none. */
  get texts(): Partial<Texts> {
    return this.#own;
  }

  set texts(texts: Partial<Texts>) {
    this.#own = texts;
    this.render();
  }

  /** BCP 47 tag of the page around it. */
  protected get language(): string {
    return this.closest<HTMLElement>('[lang]')?.lang ?? '';
  }

  /** Takes the panel away without deciding anything; the focus goes back to where it came from. */
  abstract close(): void;

  /** What to show now. */
  protected abstract nodes(texts: Texts): PanelNodes;

  connectedCallback(): void {
    // A property set before the element was defined stands in front of its accessor.
    for (const name of ['texts', ...this.#setup.properties]) {
      if (!Object.hasOwn(this, name)) continue;
      const value = Reflect.get(this, name);
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
    document.addEventListener('keydown', this.#onKey);
    const { english, load } = this.#setup;
    const loading = load(this.language);
    if (!loading) this.#spoken = english;
    else if (!this.#spoken) {
      const speak = (texts: Texts) => {
        this.#spoken = texts;
        this.render();
        if (this.#isWanted) this.focusPanel();
      };
      loading.then(speak, () => speak(english));
    }
  }

  disconnectedCallback(): void {
    document.removeEventListener('keydown', this.#onKey);
  }

  /** Moves the focus into the panel, now or once its texts are there. */
  protected focusPanel(): void {
    this.#isWanted = !this.#panel;
    this.#panel?.focus();
  }

  protected render(): void {
    if (!this.#spoken) return;
    // Not :focus-within: in Chromium it does not see into a popover. Outside a document there is no active element.
    const hadFocus = this.contains((this.getRootNode() as Document | ShadowRoot).activeElement);
    const focused = hadFocus ? this.#root.activeElement?.id : undefined;
    const texts = { ...this.#spoken, ...this.#own };
    const { beside, panel } = this.nodes(texts);
    for (const node of [beside, panel]) {
      node?.setAttribute('lang', texts.language);
      if (/^(ar|fa|he|ur)\b/.test(texts.language)) node?.setAttribute('dir', 'rtl');
    }
    // A panel that only changed inside stays where it is.
    if (!panel || panel !== this.#panel) {
      // Building the nodes may itself end a choice whose time is up and come back here; so the document changes last.
      this.#root.replaceChildren(...[beside, panel].filter((node) => node !== undefined));
      this.#panel = panel;
      // In the top layer no ancestor's transform, overflow or stacking can hide the question.
      if (this.isConnected) panel?.showPopover?.();
    }
    const again = focused ? this.#root.getElementById(focused) : undefined;
    if (hadFocus) (again ?? panel ?? this.#origin)?.focus();
    if (!panel) this.#origin = undefined;
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.#panel && !event.defaultPrevented) this.close();
  };
}
