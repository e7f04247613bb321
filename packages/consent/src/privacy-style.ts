/** What the privacy centre and the reasons need besides the style of every panel. */
export const PRIVACY_STYLE = `
h3 { margin: 1.25rem 0 0; font-size: .9375rem; font-weight: 600 }
ul { margin: .25rem 0 0; padding-inline-start: 1.25rem; color: var(--_quiet) }
li { margin-block-start: .375rem }
li .plain { padding-inline: 0; text-align: start; text-decoration: underline; text-underline-offset: .25em }
.topics { display: flex; flex-wrap: wrap; gap: .375rem; margin-block-start: .5rem }
.topics .plain { min-block-size: 2rem; padding-block: .125rem; border-color: var(--_line); border-radius: 2rem }
.topics [aria-pressed=true] { color: var(--_surface); background: var(--_accent); border-color: var(--_accent) }
@media (forced-colors: active) {
.topics [aria-pressed=true] { forced-color-adjust: none; color: HighlightText; background: Highlight }
}
details { margin-inline-start: 2rem; font-size: .875rem; color: var(--_quiet) }
details label { font-weight: 400 }
summary { padding-block: .25rem; cursor: pointer }
select { inline-size: 100%; margin-block-start: .5rem; font-weight: 400 }
`;
