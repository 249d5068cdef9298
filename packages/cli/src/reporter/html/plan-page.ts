import type { Finding, PlannedExpression } from '@albackup/core'
import type { PlanReport, TableReport } from '../../jobs/plan-report.ts'
import { lookedAtWords, rowsWereRead } from '../plan-rows.ts'
import { bySeverity, SEVERITIES, type Severity, severityCounts } from '../plan-severity.ts'
import { groupByTable, type PlannedTableView } from '../plan-tables.ts'
import { countOf, formatBytes, formatCount } from '../quantities.ts'
import { type Html, html, when } from './html.ts'
import { page } from './page.ts'
import { badge, MEANINGS, TONES, verdictOf } from './plan-badges.ts'
import { diagram } from './plan-diagram.ts'
import { PLAN_SCRIPT } from './plan-script.ts'
import { PLAN_STYLE } from './plan-style.ts'
import { tableDetails } from './plan-table-details.ts'

const WIDEST_BAR = 160

/** The whole of a plan as one page. */
export function planPage(report: PlanReport, made: Date): string {
  const { findings, tables, byHand } = report
  const { tables: views, views: carriedViews } = groupByTable(report)
  const body = html`<h1>What a restore would do</h1>
<p class="soft">planned by albackup on ${made.toISOString().slice(0, 16).replace('T', ' ')} UTC; nothing was changed</p>
${verdict(findings)}
${facts(report, carriedViews.length)}
<div class="tools"><label class="search">Filter<input id="filter" type="search"></label>${severityBoxes(findings)}</div>
<h2 id="findings-head">Findings: ${severityCounts(findings)}</h2>
${when(findings.length > 0, () => findingTable(findings, views))}
<h2>Tables and references</h2>
${diagram(views)}
<h2>Tables by size</h2>
${sizeTable(tables)}
<h2>Column by column</h2>
${views.map((view, i) => tableDetails(view, i, rowsWereRead(report)))}
${when(carriedViews.length > 0, () => viewList(carriedViews))}
${when(byHand.length > 0, () => byHandList(byHand))}`
  return page(`Plan of ${report.backup}`, body, { style: PLAN_STYLE, script: PLAN_SCRIPT })
}

function verdict(findings: readonly Finding[]): Html {
  const { tone, sentence } = verdictOf(findings)
  return html`<p class="answer ${tone}">${sentence}</p>`
}

function facts(report: PlanReport, views: number): Html {
  const { backup, target, tables, rows, existing, expressions } = report
  const bytes = tables.reduce((sum, table) => sum + table.bytes, 0)
  return html`<dl><dt>Backup</dt><dd class="mono">${backup}</dd><dt>Target</dt><dd class="mono">${target}</dd>
<dt>Size</dt><dd>${countOf(tables.length, 'table')}, ${countOf(rows, 'row')}, ${formatBytes(bytes)}${lookedAtWords(report)}</dd>
<dt>Expressions</dt><dd>${countOf(expressions.length - views, 'default, check or filter', 'defaults, checks and filters')}${views === 0 ? '' : ` and ${countOf(views, 'view')}`} carried over</dd>
${when(existing.length > 0, () => html`<dt>Drops</dt><dd class="bad">${existing.join(', ')}</dd>`)}</dl>`
}

function severityBoxes(findings: readonly Finding[]): Html {
  const counted = SEVERITIES.map((severity) => ({
    severity,
    count: findings.filter((finding) => finding.severity === severity).length,
  }))
  return html`${counted.filter(({ count }) => count > 0).map(severityBox)}`
}

function severityBox({ severity, count }: { readonly severity: Severity; readonly count: number }): Html {
  return html`<label class="pill ${TONES[severity]}" title="${MEANINGS[severity]}"><input type="checkbox" data-show="${severity}" checked> ${severity} <b>${formatCount(count)}</b></label> `
}

function findingTable(findings: readonly Finding[], views: readonly PlannedTableView[]): Html {
  const places = new Map(views.flatMap((view, i) => view.findings.map((finding) => [finding, i] as const)))
  const rows = bySeverity(findings).map((finding) => findingRow(finding, places.get(finding)))
  return html`<div class="scroll"><table class="list stacked" id="findings"><thead><tr><th>severity</th><th>object</th><th>what</th></tr></thead><tbody>
${rows}</tbody></table></div>`
}

/** `place`: of the table it is about. */
function findingRow({ severity, kind, object, message }: Finding, place: number | undefined): Html {
  const name = place === undefined ? html`${object}` : html`<a href="#table-${place}">${object}</a>`
  return html`<tr data-severity="${severity}"><td data-key="${SEVERITIES.indexOf(severity)}">${badge(severity)}</td><td><span class="soft">${kind}</span> <span class="mono">${name}</span></td><td>${message}</td></tr>
`
}

function sizeTable(tables: readonly TableReport[]): Html {
  const largest = Math.max(1, ...tables.map(({ bytes }) => bytes))
  const sorted = tables.map((table, i) => ({ table, i })).toSorted((one, other) => other.table.bytes - one.table.bytes)
  return html`<div class="scroll"><table class="list"><thead><tr><th>table</th><th>in the target</th><th class="number">rows</th><th class="number">size</th><th>share</th></tr></thead><tbody>
${sorted.map(({ table, i }) => sizeRow(table, i, largest))}</tbody></table></div>`
}

function sizeRow({ source, target, rows, bytes }: TableReport, i: number, largest: number): Html {
  const width = bytes === 0 ? 0 : Math.max(1, Math.round((bytes / largest) * WIDEST_BAR))
  return html`<tr><td class="mono"><a href="#table-${i}">${source}</a></td><td class="mono soft">${target}</td><td class="number" data-key="${rows}">${formatCount(rows)}</td><td class="number" data-key="${bytes}">${formatBytes(bytes)}</td><td data-key="${bytes}"><svg class="bar" width="${WIDEST_BAR}" height="10"><rect class="whole" width="${WIDEST_BAR}" height="10" rx="2"/><rect width="${width}" height="10" rx="2"/></svg></td></tr>
`
}

function viewList(views: readonly PlannedExpression[]): Html {
  return html`<h2>Views</h2>
${views.map(
  ({ object, native, sql }) =>
    html`<details class="table"><summary><span class="mono">${object}</span></summary><div class="beside"><pre>${native}</pre><pre>${sql}</pre></div></details>`,
)}`
}

function byHandList(byHand: PlanReport['byHand']): Html {
  return html`<h2>${countOf(byHand.length, 'object needs a hand', 'objects need a hand')}</h2>
<p class="soft">The target gets nothing of them. Their text is as the source has it; <code>--objects DIR</code> writes it to files.</p>
${byHand.map(
  ({ kind, object, text }) =>
    html`<details class="table"><summary><span class="soft">${kind}</span> <span class="mono">${object}</span></summary><pre>${text}</pre></details>`,
)}`
}
