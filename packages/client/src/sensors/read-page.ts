import { nodesIn } from './json-ld.ts';

/** What the page says of itself, in `data-inkling-page` and `data-inkling-page-item` on `<body>`, else in JSON-LD: the
 * first Product or Article of https://schema.org, and its identifier. It is about the page, not the visitor. */
export function readPage(root: Document): { readonly type?: string; readonly item?: string } {
  const { inklingPage: type, inklingPageItem: item } = root.body.dataset;
  const described = type && item ? undefined : readJsonLd(root);
  return {
    ...described,
    ...(type && { type }),
    ...(item && { item }),
  };
}

const MAX_TEXT = 256;
const TYPES: Readonly<Record<string, string>> = {
  Product: 'product',
  ProductGroup: 'product',
  Article: 'article',
  NewsArticle: 'article',
  BlogPosting: 'article',
};

function readJsonLd(root: Document): { readonly type?: string; readonly item?: string } | undefined {
  for (const node of nodesIn(root)) {
    const type = [node['@type']].flat().find((name) => Object.hasOwn(TYPES, String(name)));
    const item = [node.sku, node.productID, node.identifier].find(isName);
    if (type) return { type: TYPES[String(type)] as string, ...(item && { item }) };
  }
  return undefined;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_TEXT;
}
