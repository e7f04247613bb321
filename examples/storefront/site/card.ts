import type { ShopProduct } from './catalog.ts';
import { type Html, html } from './html.ts';

/** Opens the reasons for the card it stands in. */
const why = html`<button type="button" class="why" data-inkling-event="why">Why this?</button>`;

/** A product in a list. Pictures below the first screen should be `lazy`. */
export function card(product: ShopProduct, loading: 'eager' | 'lazy' = 'lazy'): Html {
  return html`<li class="${product.available ? 'card' : 'card card-away'}" data-inkling-item="${product.id}">
<a class="card-link" href="${product.url}"><img src="${product.attributes.picture}" alt="" width="400" height="320" loading="${loading}" decoding="async"><span class="card-title">${product.title}</span></a>
<p class="card-foot"><span class="price">€<span>${product.price}</span></span>${!product.available && html` <span class="badge">Back soon</span>`}${why}</p>
</li>
`;
}

/** The same card for the script to fill: each `data-inkling-` attribute names a field of the item. */
export const cardTemplate: Html = html`<template><li class="card">
<a class="card-link" data-inkling-attr="href:url"><img data-inkling-attr="src:attributes.picture" alt="" width="400" height="320"><span class="card-title" data-inkling-text="title"></span></a>
<p class="card-foot"><span class="price">€<span data-inkling-text="price"></span></span>${why}</p>
</li></template>
`;
