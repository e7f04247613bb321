import type { ShopItem } from './catalog.ts';
import { categoryOf } from './categories.ts';
import { type Html, html } from './html.ts';

/** The opening of the home page. Every variant fills the same box, so that choosing one moves nothing. */
export function hero(variants: readonly ShopItem[]): Html {
  const [authored, ...others] = variants;
  if (authored === undefined) throw new Error('The catalog has no hero to show first.');
  return html`<section class="hero" aria-label="Featured" data-inkling-slot="hero" data-inkling-kind="variant">
${heroCard(authored, html` data-inkling-item="${authored.id}"`)}
${others.map(
  (other) => html`<template data-inkling-variant="${other.id}">${heroCard(other, html``)}</template>
`,
)}</section>
`;
}

function heroCard(item: ShopItem, attributes: Html): Html {
  return html`<article class="hero-card ${item.id}"${attributes}>
<img class="hero-scene" src="${item.attributes.picture}" alt="" width="1600" height="640">
<div class="hero-words"><h1>${item.title}</h1>
<p>${item.attributes.blurb}</p>
<a class="button button-light" href="${item.url}">Shop ${categoryOf(item.attributes.category).name.toLowerCase()}</a></div>
</article>`;
}
