import type { Finding, PlannedExpression } from '@albackup/core'
import type { ColumnReport, PlanReport } from '../jobs/plan-report.ts'
import { alignColumns } from './align-columns.ts'
import { atLeast, severityCounts } from './plan-severity.ts'
import { groupByTable, type PlannedTableView } from './plan-tables.ts'
import { countOf, formatBytes } from './quantities.ts'

/** A plan for people. `all`: also the tables and columns that nothing has to be said about, and what is carried. */
export function planText(report: PlanReport, all: boolean): readonly string[] {
  const { tables, others, views } = groupByTable(report)
  const readRows = report.rowsRead > 0
  const told = tables.map((view) => tableLines(view, readRows, all)).filter((lines) => lines.length > 0)
  const silent = tables.length - told.length
  const otherLines = [...findingLines(others, all), ...(all ? views.map(expressionLine) : [])]
  return [
    ...summaryLines(report, views.length),
    ...told.flat(),
    ...(silent === 0 ? [] : ['', `${countOf(silent, 'table')} of which nothing has to be said (--debug shows all)`]),
    ...(otherLines.length === 0 ? [] : ['', 'other objects', ...otherLines]),
  ]
}

function summaryLines(report: PlanReport, views: number) {
  const { backup, target, tables, rows, rowsRead, findings, existing, expressions } = report
  const bytes = tables.reduce((sum, table) => sum + table.bytes, 0)
  const looked = rowsRead > 0 ? 'each was looked at' : 'none was looked at'
  return [
    `plan for ${backup}`,
    `  into ${target}`,
    `  ${countOf(tables.length, 'table')}, ${formatBytes(bytes)}, ${countOf(rows, 'row')}; ${looked}`,
    `  ${countOf(expressions.length - views, 'expression')}${views === 0 ? '' : ` and ${countOf(views, 'view')}`} carried over`,
    `  findings: ${severityCounts(findings)}`,
    ...(existing.length === 0 ? [] : [`  a restore drops or overwrites: ${existing.join(', ')}`]),
  ]
}

function tableLines({ table, findings, expressions }: PlannedTableView, readRows: boolean, all: boolean) {
  const columns = table.columns.filter((column) => all || deservesLine(column, findings, table.source, readRows))
  const lines = [
    ...alignColumns('llll', columns.map(columnCells)),
    ...findingLines(findings, all),
    ...(all ? expressions.map(expressionLine) : []),
  ]
  if (lines.length === 0) return []
  const { source, target, rows, bytes } = table
  return ['', `${source} -> ${target}: ${countOf(rows, 'row')}, ${formatBytes(bytes)}`, ...lines]
}

/** When every row was looked at, a type that could alter a value and alters none needs no word. */
function deservesLine(column: ColumnReport, findings: readonly Finding[], table: string, readRows: boolean): boolean {
  const { source, target, companion, omitted, exact, reason } = column
  if (source !== target || companion !== undefined || omitted) return true
  if (exact) return reason !== ''
  return !readRows || findings.some(({ object }) => object === `${table}.${source}`)
}

function columnCells({
  source,
  native,
  target,
  type,
  companion,
  omitted,
  exact,
  reason,
}: ColumnReport): readonly string[] {
  if (omitted) return [source, native, '-> none', reason]
  const name = source === target ? source : `${source} -> ${target}`
  const beside = companion === undefined ? '' : `, ${companion.name} ${companion.type}`
  return [name, native, `-> ${type}${beside}`, exact ? reason : `not every value: ${reason}`]
}

function findingLines(findings: readonly Finding[], all: boolean): readonly string[] {
  const shown = all ? findings : atLeast('changed', findings)
  return shown.map(({ severity, kind, object, message }) =>
    oneLine(`  ${severity.padEnd(7)}  ${kind} ${object}: ${message}`),
  )
}

function expressionLine({ kind, object, native, sql }: PlannedExpression): string {
  return oneLine(`  ${kind} ${object}: ${native} -> ${sql}`)
}

/** An expression may have been written on several. */
function oneLine(text: string): string {
  return text.replaceAll(/\s*[\r\n]+\s*/g, ' ')
}
