/** How Markdown, HTML tables and formulas of a notebook look: JupyterLab's measures in the page's colours. */
export const FOREIGN_CSS = `
:host { display: block; }
.foreign { overflow-wrap: break-word; }
.foreign > :first-child { margin-top: 0; }
.foreign > :last-child { margin-bottom: 0; }
.markdown > :is(h1, h2, h3):first-child { margin-top: 0.6em; }
a { color: var(--link); }
h1, h2, h3, h4, h5, h6 { margin: 1.2em 0 0.5em; line-height: 1.25; font-weight: 600; }
h1 { font-size: 1.7em; padding-bottom: 0.25em; border-bottom: 1px solid var(--border-muted); }
h2 { font-size: 1.35em; }
h3 { font-size: 1.15em; }
h4, h5, h6 { font-size: 1em; }
p, ul, ol, dl, pre, blockquote, table { margin: 0 0 0.8em; }
ul, ol { padding-left: 1.8em; }
li + li { margin-top: 0.2em; }
li > p { margin-bottom: 0.4em; }
blockquote { padding: 0 1em; margin-left: 0; border-left: 0.25em solid var(--border); color: var(--muted); }
hr { border: 0; border-top: 1px solid var(--border); margin: 1.2em 0; }
code, pre, kbd, samp { font-family: var(--mono); font-size: 0.875em; }
.markdown code { padding: 0.15em 0.35em; border-radius: 5px; background: var(--code-inline); }
.markdown pre { padding: 0.8em 1em; border-radius: 6px; background: var(--code); overflow-x: auto; }
.markdown pre code { padding: 0; background: none; }
.html pre { overflow-x: auto; }
img { max-width: 100%; height: auto; }
table { border-collapse: collapse; font-size: 0.9em; font-variant-numeric: tabular-nums; border: 0; }
th, td { padding: 0.3em 0.75em; border: 0; text-align: right; vertical-align: middle; max-width: 40em; }
.markdown th, .markdown td { text-align: left; }
th[align=center], td[align=center] { text-align: center; }
th[align=right], td[align=right] { text-align: right; }
thead { border-bottom: 1px solid var(--border); }
th { font-weight: 600; }
tbody tr:nth-child(even) { background: var(--stripe); }
tbody tr:hover { background: var(--hover); }
caption { padding: 0.4em; color: var(--muted); font-size: 0.9em; }
details > summary { cursor: pointer; }
math { font-size: 1.1em; font-family: "Latin Modern Math", "STIX Two Math", "Cambria Math", math; }
math[display=block], .tml-display { display: block math; margin: 0.6em 0; overflow-x: auto; overflow-y: hidden; }
.latex math[display=block] { width: fit-content; }
.tex { white-space: pre-wrap; }
@media print {
  pre, .markdown pre, .html pre { white-space: pre-wrap; overflow: visible; }
  math[display=block], .tml-display { overflow: visible; }
  tr, img { break-inside: avoid; }
  h1, h2, h3, h4 { break-after: avoid; }
}
`;
