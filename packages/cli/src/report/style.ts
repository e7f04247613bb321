/** Everything the page needs to look right: on a screen, in the dark, on paper. */
export const STYLE: string = `
:root { color-scheme: light dark; --text: #1c1b22; --quiet: #5f5d6b; --line: #d9d7e0; --paper: #fff; --soft: #f6f5f9; --accent: #4338a8; --good: #1b6b3a; --bad: #a3261d; }
@media (prefers-color-scheme: dark) { :root { --text: #ecebf2; --quiet: #a8a6b5; --line: #3c3a47; --paper: #17161c; --soft: #211f29; --accent: #a9a1ff; --good: #7fd6a0; --bad: #ff9d94; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 50rem; background: var(--paper); color: var(--text); font: 1rem/1.55 system-ui, sans-serif; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .25rem; text-wrap: balance; }
h2 { font-size: 1.35rem; margin: 3rem 0 .75rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
p, li { max-width: 42rem; }
.quiet, figcaption { color: var(--quiet); }
.verdict { margin: 1.5rem 0; padding: 1rem 1.25rem; background: var(--soft); border-left: 4px solid var(--accent); border-radius: 0 .4rem .4rem 0; }
.verdict p { margin: .25rem 0; }
figure { margin: 1.5rem 0 2.5rem; }
.picture { overflow-x: auto; }
svg { min-width: 34rem; max-width: 100%; height: auto; display: block; }
figcaption { margin: .5rem 0 .75rem; font-size: .95rem; }
.table { overflow-x: auto; }
.table:focus-visible, .picture:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; font-variant-numeric: tabular-nums; }
th, td { padding: .4rem .75rem .4rem 0; text-align: left; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { color: var(--quiet); font-weight: 600; }
tbody th { font-weight: 500; }
code { font-size: .9em; overflow-wrap: anywhere; }
dt { font-weight: 600; margin-top: .9rem; }
dd { margin: .15rem 0 0; }
@media print { :root { color-scheme: light; --text: #000; --quiet: #444; --line: #bbb; --paper: #fff; --soft: #f3f3f3; --accent: #332a8c; } body { max-width: none; padding: 0; font-size: 10.5pt; } h2, h3 { break-after: avoid; } figure, .verdict, tr { break-inside: avoid; } .table, .picture { overflow: visible; } svg { min-width: 0; } }
`;
