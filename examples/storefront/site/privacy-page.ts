import { type Html, html } from './html.ts';
import { layout, SHOP_NAME } from './layout.ts';

export function privacyPage(): Html {
  return layout({
    title: `Privacy · ${SHOP_NAME}`,
    description:
      'What this shop computes on your device, what it keeps there, and that it sends nothing about you.',
    type: 'privacy',
    main: html`<div class="wrap text-page">
<h1>Privacy, in plain words</h1>
<p class="lead">The order of this page is decided in your browser, by a small program that came with it. What it learns stays there.</p>
<h2>What is computed</h2>
<p>To put a rain jacket before a sun hat on a wet morning, the program looks at the moment: the local hour and season, the kind of device, the country, and the weather of an area roughly 25 km across. Until you have chosen, it uses only what your browser's request for the page already told our server. After you agree it may also ask your browser.</p>
<p>That happens in memory. It is gone when you leave the page.</p>
<h2>What is kept</h2>
<ul>
<li><strong>Your choice</strong>, in one small entry of your browser's storage, so that we do not ask again. If you refuse, it is the only thing kept.</li>
<li><strong>Only if you allow it to remember:</strong> which kinds of things interested you, what you looked at lately and what was shown to you. It is stored in this browser, fades with time and has an end date.</li>
<li><strong>Only if you allow it to count:</strong> whether this browser gets the adapted page or the plain one, so that the two could be compared.</li>
</ul>
<p>Withdraw at any time: what was stored for that purpose is erased at once, in every open tab.</p>
<h2>What is sent</h2>
<p>Nothing about you. This demonstration shop has no accounts, no advertising, no analytics, no totals collected and no requests to anybody else. Your browser asks our server for pages and pictures, as on any site, and that is all.</p>
<h2>Your say</h2>
<p>Open the choices whenever you like. If your browser sends a Global Privacy Control signal, we take it as a no, without asking. To see everything off, add <code>?inkling=off</code> to the address of any page.</p>
<p><button type="button" class="button" data-inkling-consent="open">Privacy choices</button> <button type="button" class="button" data-inkling-privacy="open">What is known of me</button></p>
<p class="small">Curious how it decides? The <a href="/playground/">playground</a> lets you change the weather and read every reason.</p>
</div>`,
  });
}
