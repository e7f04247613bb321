import { card } from './card.ts';
import type { Catalog, ShopProduct } from './catalog.ts';
import { categoryOf, categoryUrl } from './categories.ts';
import { type Html, html, raw } from './html.ts';
import { layout, SHOP_NAME } from './layout.ts';

const SEASONS: Readonly<Record<ShopProduct['attributes']['season'], string>> = {
  spring: 'Spring',
  summer: 'Summer',
  autumn: 'Autumn',
  winter: 'Winter',
  all: 'All year',
};

export function productPage(product: ShopProduct, catalog: Catalog): Html {
  const category = categoryOf(product.attributes.category);
  const alike = mostAlike(product, catalog.products);
  return layout({
    title: `${product.title} · ${SHOP_NAME}`,
    description: product.attributes.blurb,
    type: 'product',
    item: product.id,
    head: html`<script type="application/ld+json">${raw(structuredData(product))}</script>
`,
    main: html`<div class="wrap">
<nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="/">Shop</a></li><li><a href="${categoryUrl(category.id)}">${category.name}</a></li><li aria-current="page">${product.title}</li></ol></nav>
<article class="product">
<img class="product-picture" src="${product.attributes.picture}" alt="Drawing of the ${product.title}" width="400" height="320">
<div class="product-words">
<h1>${product.title}</h1>
<p class="product-blurb">${product.attributes.blurb}</p>
<p class="product-price"><span class="price">€${product.price}</span> <span class="small">including tax</span></p>
${buyButton(product)}
<dl class="facts">
<div><dt>Good for</dt><dd>${product.tags.map((tag) => html`<span class="tag">${tag}</span> `)}</dd></div>
<div><dt>Season</dt><dd>${SEASONS[product.attributes.season]}</dd></div>
<div><dt>In the shop since</dt><dd><time datetime="${product.publishedAt}">${monthOf(product.publishedAt)}</time></dd></div>
</dl>
</div>
</article>
<section class="alike" aria-labelledby="alike">
<div class="section-head"><h2 id="alike">Goes with it</h2></div>
<ul class="today-list">
${alike.map((one) => card(one))}</ul>
</section>
</div>`,
  });
}

function buyButton(product: ShopProduct): Html {
  if (!product.available) return html`<p class="away">Back soon. We are waiting for the next batch.</p>`;
  return html`<button type="button" class="button button-buy" data-inkling-event="add_to_cart" data-inkling-item="${product.id}">Add to cart</button>
<p class="small" role="status" data-cart-status></p>`;
}

/** Four others with the most tags in common, then in the authored order. */
function mostAlike(product: ShopProduct, all: readonly ShopProduct[]): readonly ShopProduct[] {
  const shared = (other: ShopProduct): number =>
    other.tags.filter((tag) => product.tags.includes(tag)).length;
  return all
    .filter((other) => other.id !== product.id && other.available)
    .sort((a, b) => shared(b) - shared(a))
    .slice(0, 4);
}

function monthOf(date: string): string {
  return new Date(date).toLocaleDateString('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
}

function structuredData(product: ShopProduct): string {
  const data = {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: product.title,
    description: product.attributes.blurb,
    image: product.attributes.picture,
    offers: {
      '@type': 'Offer',
      price: product.price,
      priceCurrency: 'EUR',
      availability: `https://schema.org/${product.available ? 'InStock' : 'BackOrder'}`,
    },
  };
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}
