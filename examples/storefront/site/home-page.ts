import { card, cardTemplate } from './card.ts';
import type { Catalog } from './catalog.ts';
import { CATEGORIES, categoryUrl } from './categories.ts';
import { hero } from './hero.ts';
import { type Html, html } from './html.ts';
import { deviceIcon, mendIcon, parcelIcon, returnIcon } from './icons.ts';
import { layout, SHOP_NAME } from './layout.ts';

/** Shown in the row "For today" until, and unless, the script knows better. */
const TODAY: readonly string[] = ['daypack', 'pour-over-set', 'reading-lamp', 'rain-shell'];

export function homePage(catalog: Catalog): Html {
  const today = TODAY.flatMap((id) => catalog.products.filter((product) => product.id === id));
  return layout({
    title: `${SHOP_NAME}: outdoors and home`,
    description: 'Well-made things for walking out and for coming back in.',
    type: 'home',
    main: html`${hero(catalog.heroes)}
<section class="wrap today" aria-labelledby="today">
<div class="section-head"><h2 id="today">For today</h2><p>Four things we would reach for.</p></div>
<ul class="today-list" data-inkling-slot="for-today" data-inkling-kind="list" data-inkling-k="4">
${today.map((product) => card(product, 'eager'))}${cardTemplate}</ul>
</section>
<nav class="wrap strip" aria-labelledby="departments">
<div class="section-head"><h2 id="departments">Departments</h2></div>
<ul class="strip-list">
${CATEGORIES.map(
  (
    category,
  ) => html`<li><a href="${categoryUrl(category.id)}"><img src="/pictures/${category.face}.svg" alt="" width="400" height="320" loading="lazy" decoding="async"><span>${category.name}</span></a></li>
`,
)}</ul>
</nav>
<section class="wrap all" aria-labelledby="all">
<div class="section-head"><h2 id="all">Everything in the shop</h2><p>${catalog.products.length} things, all of them still useful in ten years.</p></div>
<ul class="grid" data-inkling-slot="grid" data-inkling-kind="order" data-inkling-k="12">
${catalog.products.map((product) => card(product))}</ul>
</section>
${trust}`,
  });
}

const trust = html`<section class="trust" aria-labelledby="promises">
<h2 id="promises" class="visually-hidden">What we promise</h2>
<ul class="wrap">
<li>${mendIcon}<div><h3>Mended for life</h3><p>Zips, soles, seams and wicks, at cost.</p></div></li>
<li>${returnIcon}<div><h3>Sixty days</h3><p>Walk in it, sleep on it, then decide.</p></div></li>
<li>${parcelIcon}<div><h3>One parcel</h3><p>Free over €60, in a box worth keeping.</p></div></li>
<li>${deviceIcon}<div><h3>Chosen on your device</h3><p>No profile of you on our side. <a href="/privacy.html">See how</a></p></div></li>
</ul>
</section>`;
