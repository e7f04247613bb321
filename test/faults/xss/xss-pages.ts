import { createHash } from 'node:crypto';
import type { Item } from '@inkling/core';
import { ENGLISH } from '../../../packages/consent/src/consent-texts.ts';
import type { Fault } from '../matrix/fault.ts';
import { withPack } from '../matrix/with-pack.ts';
import { attack } from './attack.ts';
import { PAYLOADS } from './payloads.ts';

const PER_PAGE = 10;

/** As a site might write it who takes every care: whatever a template can fill is filled from the item. */
const TEMPLATE = `<template><li class="attacked">
  <a data-inkling-attr="href:url;title:title;onclick:title;style:title;data-note:title"><b data-inkling-text="title"></b></a>
  <a data-inkling-attr="href:title">x</a>
  <img alt="" data-inkling-attr="src:attributes.picture;onerror:title;alt:title;srcset:url">
  <iframe data-inkling-attr="srcdoc:title;onload:title"></iframe>
  <p data-inkling-text="attributes.blurb" data-inkling-attr="aria-label:title;innerHTML:title"></p>
  <button type="button" data-inkling-event="why" data-inkling-attr="formaction:url;value:title">Why?</button>
  <i data-inkling-text="constructor.name" data-inkling-attr="__proto__:title;=:title;x y:title"></i>
</li></template>`;

/** Pages whose every text from outside is a payload: catalog, campaign, search, JSON-LD, pack, reasons and consent. */
export function xssPages(): readonly Fault[] {
  const pages = Math.ceil(PAYLOADS.length / PER_PAGE);
  return Array.from({ length: pages }, (_, page) =>
    xssPage(PAYLOADS.slice(page * PER_PAGE, (page + 1) * PER_PAGE), page),
  );
}

function xssPage(payloads: readonly string[], page: number): Fault {
  const catalog = Buffer.from(JSON.stringify(payloads.map(itemOf)));
  let next = 0;
  const payload = () => payloads[next++ % payloads.length] as string;
  const changePack = withPack((pack) => ({
    ...pack,
    id: payload(),
    slots: pack.slots.map((slot) => (slot.id === 'for-today' ? { ...slot, k: PER_PAGE, rules: [] } : slot)),
    assets: pack.assets.map((asset) => {
      if (asset.role !== 'catalog') return asset;
      const sha256 = createHash('sha256').update(catalog).digest('hex');
      return { ...asset, bytes: catalog.length, sha256 };
    }),
    spec: withTexts(pack.spec, payload),
    modelCard: { ...pack.modelCard, summary: payload(), data: payload() },
  }));
  const search = new URLSearchParams(
    ['utm_campaign', 'utm_source', 'q', 'search', 'inkling', 'inkling-preview'].map((name) => [
      name,
      payload(),
    ]),
  );
  return {
    kind: 'script',
    name: `payloads ${page * PER_PAGE + 1} to ${page * PER_PAGE + payloads.length}`,
    expect: 'acted',
    address: `/?${search}#${encodeURIComponent(payload())}`,
    html: (text) =>
      text
        .replace(
          /(data-inkling-slot="for-today"[^>]*?) data-inkling-k="4">.*?<\/ul>/s,
          `$1 data-inkling-k="${PER_PAGE}"><li data-inkling-item="daypack">x</li>${TEMPLATE}</ul>`,
        )
        .replace('</head>', `${jsonLd(payloads)}</head>`)
        .replace(
          '</body>',
          '<inkling-consent></inkling-consent><button data-inkling-privacy="open">p</button><button data-inkling-consent="open">c</button></body>',
        ),
    answer: (path, file) =>
      path.startsWith('/inkling/catalog-') ? { body: catalog } : changePack(path, file),
    before: `(${attack})(${JSON.stringify(payloads)}, ${JSON.stringify(Object.keys(ENGLISH))});`,
  };
}

function itemOf(payload: string): Item {
  return {
    id: payload,
    title: payload,
    url: payload,
    price: 1,
    tags: [payload, 'rain'],
    group: 'product',
    attributes: { picture: payload, blurb: payload, category: payload, popularity: 0.5 },
  };
}

/** A feature spec with a payload for every text a visitor may read. */
function withTexts<Value>(value: Value, payload: () => string, key = ''): Value {
  if (typeof value === 'string') return (key === 'sentence' ? payload() : value) as Value;
  if (Array.isArray(value)) return value.map((part) => withTexts(part, payload)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const inPhrases = key === 'phrases' || key === 'phrase';
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => {
      if (inPhrases && typeof part === 'string') return [name, payload()];
      return [name, withTexts(part, payload, inPhrases ? 'phrase' : name)];
    }),
  ) as Value;
}

/** Written into the page as a careful site writes it: no tag can begin in it. */
function jsonLd(payloads: readonly string[]): string {
  const product = {
    '@context': 'https://schema.org',
    '@type': 'Product',
    sku: payloads[0],
    name: payloads[1],
    url: payloads[2],
    keywords: payloads,
  };
  return `<script type="application/ld+json">${JSON.stringify(product).replaceAll('<', '\\u003c')}</script>`;
}
