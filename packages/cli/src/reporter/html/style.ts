/** Light and dark as the reader has it; on paper black on white, without tools. */
export const STYLE = `
:root { --ink: #1c2024; --soft: #60646c; --line: #d9dadd; --ground: #fff; --raised: #f6f7f8; --good: #18794e; --bad: #c62a2f; --warn: #946800; --a: #fdecec; --b: #e7f6ec }
@media (prefers-color-scheme: dark) { :root { --ink: #edeef0; --soft: #a2a7ae; --line: #3a3d42; --ground: #151618; --raised: #1e2023; --good: #4cc38a; --bad: #ff8b8e; --warn: #ebbc4e; --a: #3b1d20; --b: #16311f } }
* { box-sizing: border-box }
body { margin: 0; color: var(--ink); background: var(--ground); font: 15px/1.5 system-ui, sans-serif }
main { max-width: 76rem; margin: 0 auto; padding: 2rem 1.25rem 4rem }
h1 { font-size: 1.5rem; margin: 0 0 .25rem }
h2 { font-size: 1.15rem; margin: 2.25rem 0 .5rem }
a { color: inherit }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 1rem 0 }
dt { color: var(--soft) }
dd { margin: 0; overflow-wrap: anywhere }
.soft { color: var(--soft) }
.verdict { display: inline-block; font-weight: 600 }
.good { color: var(--good) } .bad { color: var(--bad) } .warn { color: var(--warn) }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { text-align: left; vertical-align: top; padding: .4rem .7rem; border-bottom: 1px solid var(--line); overflow-wrap: break-word }
.mono, td.a, td.b, td:last-child { overflow-wrap: anywhere }
tr:last-child > td { border-bottom: 0 }
th { background: var(--raised); font-weight: 600; white-space: nowrap }
th button { all: unset; cursor: pointer } th button:focus-visible { outline: 2px solid currentColor; outline-offset: 2px }
th[aria-sort=ascending] button::after { content: " ↑" } th[aria-sort=descending] button::after { content: " ↓" }
td.number, th.number { text-align: right; white-space: nowrap }
td.a { background: var(--a) } td.b { background: var(--b) }
code, pre, .mono { font: 13px/1.45 ui-monospace, monospace }
pre { margin: .3rem 0 0; white-space: pre-wrap; max-height: 24rem; overflow: auto }
summary { cursor: pointer }
label { color: var(--soft) } input[type=search] { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: 6px; padding: .3rem .6rem; margin: 0 1rem .6rem .4rem; width: 18rem; max-width: 100% }
.tools { display: none } .live .tools { display: block }
[hidden] { display: none }
@media print { body { font-size: 10pt; color: #000; background: #fff } main { max-width: none; padding: 0 } .tools, .live .tools { display: none } .scroll { overflow: visible; border-color: #999 } pre { max-height: none } tr { break-inside: avoid } td.a, td.b { background: none } thead { display: table-header-group } }
`
