import { SEVERITIES } from '../plan-severity.ts'

const HIDDEN = SEVERITIES.map((severity) => `.hide-${severity} tr[data-severity=${severity}]`).join(', ')

export const PLAN_STYLE = `
.tools label { margin-right: 1rem }
${HIDDEN} { display: none }
.diagram { display: block } .diagram rect { fill: var(--raised); stroke: var(--line) } .diagram a:hover rect, .diagram a:focus rect { stroke: var(--ink) }
.diagram text { font: 12px ui-monospace, monospace; fill: var(--ink) } .diagram .rows { fill: var(--soft); font-size: 11px }
.diagram path { fill: none; stroke: var(--soft); stroke-opacity: .45 } .diagram path.marked { stroke: var(--good); stroke-opacity: 1; stroke-width: 2 }
.bar rect { fill: var(--soft) }
details.table { margin: .35rem 0 } details.table > summary { padding: .2rem 0 }
@media print { .diagram path { stroke: #666 } details.table { break-inside: avoid } }
`
