/** Attributes of the element, and what each stands for. */
const NAMES: Readonly<Record<string, string>> = { name: 'inklingSlot', kind: 'inklingKind', k: 'inklingK' };

/** Defines `<inkling-slot name="home-grid" kind="list" k="6">`: a slot as an element of its own, the same as one by
 * `data-inkling-slot`, `-kind` and `-k`. Undefined, or without Inkling, it is a plain element around what was authored.
 * Does nothing where the page has a definition already, or no elements at all. */
export function defineSlotElement(): void {
  if (!globalThis.customElements || customElements.get('inkling-slot')) return;
  customElements.define(
    'inkling-slot',
    class extends HTMLElement {
      static readonly observedAttributes = Object.keys(NAMES);
      attributeChangedCallback(name: string, _: unknown, value: string | null): void {
        const target = NAMES[name] as string;
        if (value === null) delete this.dataset[target];
        else this.dataset[target] = value;
      }
    },
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'inkling-slot': HTMLElement;
  }
}
