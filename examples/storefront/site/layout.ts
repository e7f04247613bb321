import { CATEGORIES, categoryUrl } from './categories.ts';
import { type Html, html } from './html.ts';
import { brandMark, cartIcon, searchIcon } from './icons.ts';

export interface Page {
  readonly title: string;
  readonly description: string;
  /** The page's type as a signal, e.g. `home`. */
  readonly type: string;
  /** The product this page is about. */
  readonly item?: string;
  readonly main: Html;
  /** Further elements for the head. */
  readonly head?: Html;
}

export const SHOP_NAME = 'Fell & Hearth';

/** A whole page of the shop: the document around `main`. */
export function layout(page: Page): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title}</title>
<meta name="description" content="${page.description}">
<meta name="color-scheme" content="light dark">
<script src="/inkling.js" data-pack="/inkling/pack.json" async></script>
<script src="/shop.js" defer></script>
<link rel="stylesheet" href="/shop.css">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
${page.head}</head>
<body data-inkling-page="${page.type}"${page.item !== undefined && html` data-inkling-page-item="${page.item}"`}>
<a class="skip" href="#main">Skip to the main part</a>
${header}
<main id="main">
${page.main}
</main>
${footer}
</body>
</html>
`;
}

const header = html`<header class="site-header">
<div class="wrap site-bar">
<a class="brand" href="/">${brandMark}<span>Fell <em>&amp;</em> Hearth</span></a>
<form class="search" role="search" action="/search.html">
<label class="visually-hidden" for="search">Search the shop</label>
<input id="search" name="q" type="search" placeholder="Search boots, lamps, kettles" autocomplete="off">
<button type="submit" aria-label="Search">${searchIcon}</button>
</form>
<button type="button" class="cart-button" popovertarget="cart">${cartIcon}<span>Cart</span> <span class="cart-count" data-cart-count>0</span></button>
</div>
<div id="cart" class="cart-panel" popover>
<h2>Your cart</h2>
<p data-cart-text>Nothing in it yet.</p>
<p class="small">This is a demonstration shop. The cart is a number on this page: it is not kept, and nobody will send you a tent.</p>
<button type="button" class="button button-quiet" popovertarget="cart" popovertargetaction="hide">Close</button>
</div>
<nav class="departments" aria-label="Shop">
<ul class="wrap">${CATEGORIES.map((category) => html`<li><a href="${categoryUrl(category.id)}">${category.name}</a></li>`)}</ul>
</nav>
</header>`;

const footer = html`<footer class="site-footer">
<div class="wrap footer-columns">
<div class="footer-about">
<p class="brand">${brandMark}<span>Fell <em>&amp;</em> Hearth</span></p>
<p>A demonstration shop. Nothing here can be bought; the pictures and the words were made for it.</p>
</div>
<nav aria-label="Outdoors"><h2>Outdoors</h2><ul>${CATEGORIES.slice(0, 6).map((category) => html`<li><a href="${categoryUrl(category.id)}">${category.name}</a></li>`)}</ul></nav>
<nav aria-label="Indoors and shop"><h2>Indoors</h2><ul>${CATEGORIES.slice(6).map((category) => html`<li><a href="${categoryUrl(category.id)}">${category.name}</a></li>`)}<li><a href="/search.html">All products</a></li></ul></nav>
<div class="footer-privacy">
<h2>Your day, your device</h2>
<p>What you see first is chosen in your own browser. <a href="/privacy.html">How that works</a>, or try it in the <a href="/playground/">playground</a>.</p>
<button type="button" class="button button-outline" data-inkling-consent="open">Privacy choices</button>
<button type="button" class="button button-outline" data-inkling-privacy="open">What is known of me</button>
<inkling-consent controller="Fell &amp; Hearth" notice="/privacy.html"><a href="/privacy.html">Privacy, in plain words</a></inkling-consent>
</div>
</div>
</footer>`;
