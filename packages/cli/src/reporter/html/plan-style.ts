import { SEVERITIES } from '../plan-severity.ts'

const HIDDEN = SEVERITIES.map((severity) => `.hide-${severity} tr[data-severity=${severity}]`).join(', ')

export const PLAN_STYLE = `
.answer { margin: 1rem 0; padding: .7rem 1rem; border: 1px solid var(--line); border-left: 4px solid var(--soft); border-radius: 6px; background: var(--raised); color: var(--ink); font-weight: 600 } .answer.good { border-left-color: var(--good) } .answer.warn { border-left-color: var(--warn) } .answer.bad { border-left-color: var(--bad) }
.live .tools { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem; position: sticky; top: 0; z-index: 1; padding: .6rem 0; background: var(--ground) }
.tools input[type=search] { margin: 0 .5rem 0 .4rem } .search { display: flex; align-items: center; flex: 0 1 24rem }
.pill { border: 1px solid var(--line); border-radius: 999px; padding: .2rem .75rem; white-space: nowrap; cursor: pointer; user-select: none } .pill:hover { border-color: currentColor } .pill input { accent-color: currentColor; margin: 0 .2rem 0 0; vertical-align: -1px }
.pill:has(input:not(:checked)) { opacity: .55 } .pill:has(input:focus-visible) { outline: 2px solid currentColor; outline-offset: 2px } .pill b { font-variant-numeric: tabular-nums }
.badge { display: inline-block; min-width: 4.6rem; padding: 0 .5rem; border: 1px solid currentColor; border-radius: 999px; font-size: .8rem; line-height: 1.35rem; text-align: center }
summary .badge { min-width: 0; margin-left: .3rem; line-height: 1.15rem } .found { list-style: none; padding: 0; margin: .4rem 0 .7rem } .found li { margin: .25rem 0; overflow-wrap: anywhere }
.columns td:nth-child(-n+5) { white-space: nowrap } .columns td:last-child { min-width: 14rem } .key { padding: 0 .25rem; border: 1px solid var(--line); border-radius: 3px; font-size: .7rem; color: var(--soft) }
#findings td:first-child { width: 1% ; white-space: nowrap } #findings td:nth-child(2) { width: 38% }
a { text-decoration-color: var(--line); text-underline-offset: 3px } a:hover { text-decoration-color: currentColor }
${HIDDEN} { display: none }
.diagram { display: block } .diagram rect { fill: var(--raised); stroke: var(--line) } .diagram a:hover rect, .diagram a:focus rect { stroke: var(--ink) } .diagram a:focus { outline: none }
.diagram text { font: 12px ui-monospace, monospace; fill: var(--ink) } .diagram .rows { fill: var(--soft); font-size: 11px }
.diagram .stripe, .diagram a:hover .stripe, .diagram a:focus .stripe { stroke: none } .diagram .fine { fill: var(--line) } .diagram .soft { fill: var(--soft) } .diagram .warn { fill: var(--warn) } .diagram .bad { fill: var(--bad) }
.diagram path { fill: none; stroke: var(--soft); stroke-opacity: .6 } .diagram path.marked { stroke: var(--good); stroke-opacity: 1; stroke-width: 2 }
.diagram.focused path:not(.marked) { stroke-opacity: .15 } .diagram.focused a:not(.marked) { opacity: .4 }
.bar rect { fill: var(--good) } .bar .whole { fill: var(--raised) }
.beside { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 1rem } details pre { padding: .6rem .8rem; border: 1px solid var(--line); border-radius: 6px; background: var(--raised) }
details.table { margin: 0; border-bottom: 1px solid var(--line); padding: .2rem 0 } details.table[open] { padding-bottom: .8rem } details.table > summary { padding: .25rem 0; overflow-wrap: anywhere } details.table { scroll-margin-top: 4rem } .expressions { margin-top: .6rem }
@media (max-width: 40rem) { main { padding: 1.25rem .9rem 3rem } dl { grid-template-columns: 1fr; gap: 0 } dd { margin-bottom: .5rem } .search { flex: 1 1 100% } .search input { flex: 1; width: auto } .live .tools { position: static }
.stacked thead { display: none } .stacked tr, .stacked td { display: block } #findings td, #findings td:first-child, #findings td:nth-child(2) { width: auto; white-space: normal; border: 0; padding: .1rem .8rem } .stacked tr { border-bottom: 1px solid var(--line); padding: .5rem 0 } .stacked tr:last-child { border-bottom: 0 } .stacked tr[hidden] { display: none } }
@media print { .diagram path { stroke: #666 } details.table { break-inside: avoid } .answer { background: none } }
`
