import type { Finding, PlannedExpression } from '@albackup/core'
import type { ColumnReport, PlanReport, TableReport } from '../../jobs/plan-report.ts'
import { bySeverity, SEVERITIES, type Severity, severityCounts } from '../plan-severity.ts'
import { groupByTable, type PlannedTableView } from '../plan-tables.ts'
import { countOf, formatBytes, formatCount } from '../quantities.ts'
import { type Html, html, when } from './html.ts'
import { page } from './page.ts'
import { diagram } from './plan-diagram.ts'
import { PLAN_SCRIPT } from './plan-script.ts'
import { PLAN_STYLE } from './plan-style.ts'

const TONES: Readonly<Record<Severity, string>> = { blocks: 'bad', lost: 'bad', changed: 'warn', info: 'soft' }
const WIDEST_BAR = 160

/** The whole of a plan as one page. */
export function planPage(report: PlanReport, made: Date): string {
  const { findings, tables, byHand } = report
  const byTable = groupByTable(report)
  const body = html`<h1>What a restore would do</h1>
<p class="soft">planned by albackup on ${made.toISOString().slice(0, 16).replace('T', ' ')} UTC; nothing was changed</p>
${facts(report, byTable.views.length)}
<p class="tools"><label>Filter<input id="filter" type="search"></label>${severityBoxes(findings)}</p>
<h2>Findings: ${severityCounts(findings)}</h2>
${when(findings.length > 0, () => findingTable(findings))}
<h2>Tables and references</h2>
${diagram(tables)}
<h2>Tables by size</h2>
${sizeTable(tables)}
<h2>Columns</h2>
${byTable.tables.map(tableDetails)}
${when(byTable.views.length > 0, () => viewList(byTable.views))}
${when(byHand.length > 0, () => byHandList(byHand))}`
  return page(`Plan of ${report.backup}`, body, { style: PLAN_STYLE, script: PLAN_SCRIPT })
}

function facts(report: PlanReport, views: number): Html {
  const { backup, target, tables, rows, rowsRead, existing, expressions } = report
  const bytes = tables.reduce((sum, table) => sum + table.bytes, 0)
  const looked = rowsRead > 0 ? 'every row was looked at' : 'no row was looked at'
  return html`<dl><dt>Backup</dt><dd class="mono">${backup}</dd><dt>Target</dt><dd class="mono">${target}</dd>
<dt>Size</dt><dd>${countOf(tables.length, 'table')}, ${countOf(rows, 'row')}, ${formatBytes(bytes)}; ${looked}</dd>
<dt>Expressions</dt><dd>${countOf(expressions.length - views, 'default, check or filter', 'defaults, checks and filters')}${views === 0 ? '' : ` and ${countOf(views, 'view')}`} carried over</dd>
${when(existing.length > 0, () => html`<dt>Drops</dt><dd class="bad">${existing.join(', ')}</dd>`)}</dl>`
}

function severityBoxes(findings: readonly Finding[]): Html {
  const present = SEVERITIES.filter((severity) => findings.some((finding) => finding.severity === severity))
  return html`${present.map(
    (severity) =>
      html`<label class="${TONES[severity]}"><input type="checkbox" data-show="${severity}" checked> ${severity}</label> `,
  )}`
}

function findingTable(findings: readonly Finding[]): Html {
  return html`<div class="scroll"><table class="list" id="findings"><thead><tr><th>severity</th><th>object</th><th>what</th></tr></thead><tbody>
${bySeverity(findings).map(findingRow)}</tbody></table></div>`
}

function findingRow({ severity, kind, object, message }: Finding): Html {
  return html`<tr data-severity="${severity}"><td data-key="${SEVERITIES.indexOf(severity)}" class="${TONES[severity]}">${severity}</td><td><span class="soft">${kind}</span> <span class="mono">${object}</span></td><td>${message}</td></tr>
`
}

function sizeTable(tables: readonly TableReport[]): Html {
  const largest = Math.max(1, ...tables.map(({ bytes }) => bytes))
  const sorted = tables.map((table, i) => ({ table, i })).toSorted((one, other) => other.table.bytes - one.table.bytes)
  return html`<div class="scroll"><table class="list"><thead><tr><th>table</th><th>in the target</th><th class="number">rows</th><th class="number">size</th><th>share</th></tr></thead><tbody>
${sorted.map(({ table, i }) => sizeRow(table, i, largest))}</tbody></table></div>`
}

function sizeRow({ source, target, rows, bytes }: TableReport, i: number, largest: number): Html {
  const width = Math.round((bytes / largest) * WIDEST_BAR)
  return html`<tr><td class="mono"><a href="#table-${i}">${source}</a></td><td class="mono">${target}</td><td class="number" data-key="${rows}">${formatCount(rows)}</td><td class="number" data-key="${bytes}">${formatBytes(bytes)}</td><td data-key="${bytes}"><svg class="bar" width="${WIDEST_BAR}" height="10"><rect width="${width}" height="10" rx="2"/></svg></td></tr>
`
}

function tableDetails({ table, findings, expressions }: PlannedTableView, i: number): Html {
  const { source, target, columns } = table
  const counts = findings.length === 0 ? '' : `: ${severityCounts(findings)}`
  return html`<details class="table" id="table-${i}"><summary><span class="mono">${source}</span> <span class="soft">${target}${counts}</span></summary>
<div class="scroll"><table class="list"><thead><tr><th>column</th><th>type</th><th>in the target</th><th>type</th><th>every value</th><th>why</th></tr></thead><tbody>
${columns.map(columnRow)}</tbody></table></div>${when(expressions.length > 0, () => expressionList(expressions))}</details>
`
}

function columnRow({
  source,
  native,
  target,
  type,
  companion,
  omitted,
  nullable,
  exact,
  reason,
  key,
}: ColumnReport): Html {
  if (omitted)
    return html`<tr><td class="mono">${source}</td><td class="mono">${native}</td><td></td><td></td><td class="bad">none</td><td>${reason}</td></tr>
`
  const beside = companion === undefined ? '' : `, ${companion.name} ${companion.type}`
  const nullability = nullable ? '' : ' not null'
  return html`<tr><td class="mono">${source}${key ? ' 🔑' : ''}</td><td class="mono">${native}${nullability}</td><td class="mono">${target}</td><td class="mono">${type}${beside}</td><td class="${exact ? 'good' : 'warn'}">${exact ? 'exact' : 'not every one'}</td><td>${reason}</td></tr>
`
}

function expressionList(expressions: readonly PlannedExpression[]): Html {
  return html`<ul>${expressions.map(
    ({ kind, object, native, sql }) =>
      html`<li><span class="soft">${kind}</span> <span class="mono">${object}</span>: <code>${native}</code> is <code>${sql}</code></li>`,
  )}</ul>`
}

function viewList(views: readonly PlannedExpression[]): Html {
  return html`<h2>Views</h2>
${views.map(
  ({ object, native, sql }) =>
    html`<details><summary><span class="mono">${object}</span></summary><pre>${native}</pre><pre>${sql}</pre></details>`,
)}`
}

function byHandList(byHand: PlanReport['byHand']): Html {
  return html`<h2>${countOf(byHand.length, 'object needs a hand', 'objects need a hand')}</h2>
${byHand.map(
  ({ kind, object, text }) =>
    html`<details><summary><span class="soft">${kind}</span> <span class="mono">${object}</span></summary><pre>${text}</pre></details>`,
)}`
}
