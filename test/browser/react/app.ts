import { createElement as h, type ReactNode, StrictMode, Suspense, use, useEffect, useState } from 'react';

export interface AppProps {
  /** The rest of the page waits for it, so that it is streamed later. */
  readonly rest: Promise<void>;
  readonly items: readonly string[];
  /** JSON that the edge writes into the page. */
  readonly edge: string;
  /** Where the script tag stands: in the head, before anything is hydrated, or in an effect, after the slot was. */
  readonly script: 'head' | 'effect';
}

const SCRIPT = { src: '/inkling.js' };

/** A whole document of a site's own, rendered on its server and hydrated in the page, with slots that Inkling knows
 * nothing more of than their attributes. */
export function App({ rest, items, edge, script }: AppProps): ReactNode {
  return h(
    StrictMode,
    null,
    h(
      'html',
      { lang: 'en' },
      h(
        'head',
        null,
        h('title', null, 'React'),
        h('script', {
          type: 'application/json',
          'data-inkling-context': '',
          dangerouslySetInnerHTML: { __html: edge },
        }),
        script === 'head' && h('script', { async: true, ...SCRIPT, 'data-pack': '/inkling/pack.json' }),
      ),
      h(
        'body',
        null,
        h(Counter, { name: 'shell' }),
        h('div', { style: { height: '1200px' } }, 'tall'),
        h(Suspense, { fallback: h('p', null, 'waiting') }, h(Rest, { rest, items, script })),
      ),
    ),
  );
}

function Rest({ rest, items, script }: Omit<AppProps, 'edge'>): ReactNode {
  use(rest);
  const [, renderAgain] = useState(0);
  useEffect(() => {
    if (script === 'effect') loadInkling();
  }, [script]);
  return h(
    'main',
    null,
    h('button', { type: 'button', id: 'again', onClick: () => renderAgain((count) => count + 1) }, 'again'),
    h(
      'ul',
      script === 'effect' ? { 'data-inkling-slot': 'grid' } : { ref: markGrid },
      items.map((id) =>
        h(
          'li',
          { key: id, 'data-inkling-item': id },
          h(Counter, { name: id }),
          h('input', { 'aria-label': id }),
        ),
      ),
    ),
  );
}

function Counter({ name }: { readonly name: string }): ReactNode {
  const [count, setCount] = useState(0);
  return h(
    'button',
    { type: 'button', id: `count-${name}`, onClick: () => setCount(count + 1) },
    `${name} ${count}`,
  );
}

/** Only what is hydrated may be put in another order: React calls this then, and Inkling finds the slot. */
function markGrid(list: HTMLElement | null): void {
  if (list) list.dataset.inklingSlot = 'grid';
}

/** Or the script itself comes with an effect. In StrictMode it comes twice. */
function loadInkling(): void {
  const script = Object.assign(document.createElement('script'), SCRIPT);
  script.dataset.pack = '/inkling/pack.json';
  document.head.append(script);
}
