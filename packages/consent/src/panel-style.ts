/** Sizes follow the page's root font, directions its writing mode, colours the visitor's scheme or the custom
 * properties. Borders are real ones, so that forced colours keep them. Not indented: that would be sent. */
export const PANEL_STYLE = `
:host {
display: contents;
--_surface: var(--inkling-consent-surface, #fff);
--_ink: var(--inkling-consent-ink, #1c2430);
--_quiet: var(--inkling-consent-quiet, #4d5866);
--_line: var(--inkling-consent-line, #c9ced6);
--_action: var(--inkling-consent-action, #eef1f5);
--_accent: var(--inkling-consent-accent, #23508e);
--_radius: var(--inkling-consent-radius, .75rem);
}
@media (prefers-color-scheme: dark) {
:host {
--_surface: var(--inkling-consent-surface, #1b2027);
--_ink: var(--inkling-consent-ink, #eceff3);
--_quiet: var(--inkling-consent-quiet, #b4bcc8);
--_line: var(--inkling-consent-line, #465060);
--_action: var(--inkling-consent-action, #2a313b);
--_accent: var(--inkling-consent-accent, #9cc0f5);
}
}
section {
box-sizing: border-box;
position: fixed;
z-index: var(--inkling-consent-layer, 1000);
inset: auto 0 0;
inline-size: min(34rem, 100% - 1.5rem);
max-block-size: calc(100% - 1.5rem);
margin: 0 auto .75rem;
padding: 1.125rem 1.25rem 1.25rem;
overflow: auto;
overscroll-behavior: contain;
color-scheme: light dark;
color: var(--_ink);
background: var(--_surface);
border: 1px solid var(--_line);
border-radius: var(--_radius);
box-shadow: 0 .5rem 2rem #0f172a2b;
font-size: .9375rem;
line-height: 1.5;
text-align: start;
}
@media (prefers-reduced-motion: no-preference) {
section { animation: appear .18s ease-out }
@keyframes appear { from { opacity: 0 } }
}
.head { display: flex; gap: 1rem; align-items: start; justify-content: space-between }
h2 { margin: 0; font-size: 1.0625rem; line-height: 1.4; font-weight: 600; text-wrap: balance }
p { margin: .25rem 0 0; color: var(--_quiet); text-wrap: pretty }
slot { display: block; margin-block-start: .25rem; font-size: .875rem }
::slotted(*) { color: var(--_accent) }
button, select {
box-sizing: border-box;
min-block-size: 2.75rem;
margin: 0;
padding: .375rem .75rem;
color: inherit;
background: var(--_action);
border: 1px solid var(--_line);
border-radius: calc(var(--_radius) * .67);
font: inherit;
font-weight: 600;
hyphens: auto;
overflow-wrap: break-word;
cursor: pointer;
}
button:hover { border-color: currentColor }
.plain {
background: none;
border-color: transparent;
font-weight: 400;
}
.head .plain {
min-block-size: 2rem;
margin: -.25rem 0 0;
margin-inline-end: -.75rem;
padding-block: 0;
color: var(--_quiet);
}
.answers .plain { text-decoration: underline; text-decoration-color: var(--_line); text-underline-offset: .25em }
.answers { display: grid; grid-template-columns: repeat(2, minmax(0, 34%)) auto; gap: .5rem; margin-block-start: 1rem }
.pair { grid-template-columns: repeat(2, calc(50% - .25rem)) }
.purpose { display: grid; grid-template-columns: auto 1fr; column-gap: .75rem; margin-block-start: .875rem }
label { font-weight: 600 }
.purpose p { grid-column: 2; margin: 0; font-size: .875rem; line-height: 1.45 }
input { inline-size: 1.25rem; block-size: 1.25rem; margin: .125rem 0 0; accent-color: var(--_accent) }
:focus-visible { outline: 2px solid var(--_accent); outline-offset: 2px }
section:focus { outline: none }
@media (max-width: 22em) {
.answers { grid-template-columns: repeat(2, calc(50% - .25rem)) }
.answers .plain { grid-column: 1 / -1 }
}
`;
