/** Nodes and attributes only, never markup or inline styles: fit for a strict CSP with Trusted Types. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

/** All answers share one look and one part name: a theme cannot favour one of them.
 * @param id by which the focus finds back to it when the panel is built anew */
export function button(text: string, look: 'plain' | '', onClick: () => void, id = ''): HTMLButtonElement {
  const node = make('button', { type: 'button', class: look, part: look || 'answer' }, text);
  if (id) node.id = id;
  node.addEventListener('click', onClick);
  return node;
}

/** A checkbox with its label, and a line that says more.
 * @param name of this row, alone in its panel */
export function checkboxRow(
  name: string,
  { label, detail, part = 'purpose' }: { label: string; detail: string; part?: string },
): { readonly row: HTMLElement; readonly input: HTMLInputElement } {
  const input = make('input', {
    type: 'checkbox',
    id: name,
    part: 'checkbox',
    'aria-describedby': `${name}-detail`,
  });
  const row = make(
    'div',
    { class: 'purpose', part },
    input,
    make('label', { for: name }, label),
    make('p', { id: `${name}-detail`, dir: 'auto' }, detail),
  );
  return { row, input };
}
