import { nodesIn } from './json-ld.ts';

/** What the page's own address says that the visitor searched for: in the parameter that `data-inkling-search` on
 * `<body>` names, else in the one that is left open in the address of a SearchAction of https://schema.org, if this page
 * is at that address. '' where it is no page of a search. */
export function readSearch(root: Document, { href }: Location): string {
  const here = new URL(href);
  const name = root.body.dataset.inklingSearch ?? openParameter(root, here);
  return (name && here.searchParams.get(name)) || '';
}

/** https://developers.google.com/search/docs/appearance/structured-data/sitelinks-searchbox */
function openParameter(root: Document, here: URL): string | undefined {
  for (const { potentialAction } of nodesIn(root)) {
    for (const action of [potentialAction].flat().map(Object)) {
      if (![action['@type']].flat().includes('SearchAction')) continue;
      for (const target of [action.target].flat()) {
        const { origin, pathname, searchParams } = addressOf(Object(target).urlTemplate ?? target, here);
        const open = [...searchParams].find(([, value]) => /^\{.*\}$/.test(value));
        if (origin === here.origin && pathname === here.pathname && open) return open[0];
      }
    }
  }
  return undefined;
}

/** An address that is none is of no page. */
function addressOf(text: unknown, here: URL): URL {
  try {
    return new URL(String(text), here);
  } catch {
    return new URL('about:blank');
  }
}
