import type { Finding, PlannedExpression } from '@albackup/core'
import type { ColumnReport } from '../../jobs/plan-report.ts'
import { isWhole } from '../plan-columns.ts'
import { SEVERITIES } from '../plan-severity.ts'
import type { PlannedTableView } from '../plan-tables.ts'
import { type Html, html, when } from './html.ts'
import { badge } from './plan-badges.ts'

/** A table, folded: its columns there and here, its findings, and its expressions in both languages. */
export function tableDetails(view: PlannedTableView, i: number, readRows: boolean): Html {
  const { table, findings, expressions } = view
  const { source, target, columns } = table
  const there = target === source ? '' : `→ ${target}`
  return html`<details class="table" id="table-${i}"><summary><span class="mono">${source}</span> <span class="soft mono">${there}</span> ${severityBadges(findings)}</summary>
${when(findings.length > 0, () => findingList(findings))}
<div class="scroll"><table class="list columns"><thead><tr><th>column</th><th>type</th><th>in the target</th><th>type</th><th>every value</th><th>why</th></tr></thead><tbody>
${columns.map((column) => columnRow(column, isWhole(column, view, readRows)))}</tbody></table></div>${when(expressions.length > 0, () => expressionTable(expressions))}</details>
`
}

/** One for each severity that occurs, with its count. */
function severityBadges(findings: readonly Finding[]): Html {
  const present = SEVERITIES.map((severity) => ({
    severity,
    count: findings.filter((finding) => finding.severity === severity).length,
  })).filter(({ count }) => count > 0)
  return html`${present.map(({ severity, count }) => html`${badge(severity)}<span class="soft"> ${count} </span>`)}`
}

function findingList(findings: readonly Finding[]): Html {
  return html`<ul class="found">${findings.map(
    ({ severity, kind, object, message }) =>
      html`<li>${badge(severity)} <span class="soft">${kind}</span> <span class="mono">${object}</span> ${message}</li>`,
  )}</ul>`
}

/** `whole`: every row was looked at, and no value would be altered. */
function columnRow(column: ColumnReport, whole: boolean): Html {
  const { source, native, target, type, companion, omitted, nullable, exact, reason, key, identity } = column
  const name = html`${source}${when(key, () => html` <span class="key" title="part of the primary key">PK</span>`)}`
  const nullability = when(!nullable, () => html` <span class="soft">not null</span>`)
  const here = html`<tr><td class="mono">${name}</td><td class="mono">${native}${identity ? ' identity' : ''}${nullability}</td>`
  if (omitted)
    return html`${here}<td></td><td></td><td class="bad">none</td><td>${reason}</td></tr>
`
  const beside = companion === undefined ? '' : `, ${companion.name} ${companion.type}`
  return html`${here}<td class="mono ${source === target ? 'soft' : ''}">${target}</td><td class="mono">${type}${beside}</td><td class="${exact || whole ? 'good' : 'warn'}">${exact ? 'exact' : whole ? 'exact for these rows' : 'not every one'}</td><td class="${exact ? '' : 'soft'}">${reason}</td></tr>
`
}

function expressionTable(expressions: readonly PlannedExpression[]): Html {
  return html`<div class="scroll expressions"><table class="list"><thead><tr><th>expression of</th><th>source</th><th>target</th></tr></thead><tbody>
${expressions.map(
  ({ kind, object, native, sql }) =>
    html`<tr><td><span class="soft">${kind}</span> <span class="mono">${object}</span></td><td class="mono">${native}</td><td class="mono">${sql}</td></tr>
`,
)}</tbody></table></div>`
}
