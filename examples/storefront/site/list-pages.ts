import { card } from './card.ts';
import type { Catalog } from './catalog.ts';
import { CATEGORIES, type Category, categoryUrl } from './categories.ts';
import { type Html, html } from './html.ts';
import { layout, SHOP_NAME } from './layout.ts';

export function categoryPage(category: Category, catalog: Catalog): Html {
  const products = catalog.products.filter((product) => product.attributes.category === category.id);
  return layout({
    title: `${category.name} · ${SHOP_NAME}`,
    description: category.intro,
    type: 'category',
    main: html`<div class="wrap list-page">
<h1>${category.name}</h1>
<p class="lead">${category.intro}</p>
<ul class="grid">
${products.map((product) => card(product, 'eager'))}</ul>
</div>`,
  });
}

/** Every product; with JavaScript the list narrows to what `?q=` asks for, without it stays whole. */
export function searchPage(catalog: Catalog): Html {
  return layout({
    title: `All products · ${SHOP_NAME}`,
    description: `All ${catalog.products.length} products of the shop.`,
    type: 'search',
    main: html`<div class="wrap list-page">
<h1 data-search-title>All products</h1>
<p class="lead" role="status" data-search-count>${catalog.products.length} things, from beanies to bird feeders.</p>
<ul class="grid" data-search-list>
${catalog.products.map((product) => card(product))}</ul>
</div>`,
  });
}

export function notFoundPage(): Html {
  return layout({
    title: `Not found · ${SHOP_NAME}`,
    description: 'This page does not exist.',
    type: 'error',
    main: html`<div class="wrap text-page">
<h1>This path ends here</h1>
<p class="lead">The page you were looking for has moved or was never built. These are all well signposted:</p>
<ul>${CATEGORIES.map((category) => html`<li><a href="${categoryUrl(category.id)}">${category.name}</a></li>`)}<li><a href="/">The front of the shop</a></li></ul>
</div>`,
  });
}
