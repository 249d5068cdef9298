import type { Finding, PlannedExpression } from '@albackup/core'
import type { PlanReport } from '../jobs/plan-report.ts'
import { alignColumns } from './align-columns.ts'
import { columnCells, deservesLine, PlanNotes } from './plan-columns.ts'
import { lookedAtWords, rowsWereRead } from './plan-rows.ts'
import { atLeast, severityCounts } from './plan-severity.ts'
import { groupByTable, type PlannedTableView } from './plan-tables.ts'
import { countOf, formatBytes } from './quantities.ts'

/** A plan for people. `brief`: without the tables, columns and expressions that nothing has to be said about. */
export function planText(report: PlanReport, brief: boolean): readonly string[] {
  const { tables, others, views } = groupByTable(report)
  const notes = new PlanNotes()
  const style = { brief, readRows: rowsWereRead(report), notes }
  const told = tables.map((view) => tableLines(view, style)).filter((lines) => lines.length > 0)
  const silent = tables.length - told.length
  const otherLines = [...findingLines(others, brief), ...(brief ? [] : views.map(expressionLine))]
  return [
    ...summaryLines(report, views.length),
    ...told.flat(),
    ...(silent === 0 ? [] : ['', `${countOf(silent, 'table')} of which nothing has to be said`]),
    ...(otherLines.length === 0 ? [] : ['', 'other objects', ...otherLines]),
    ...notes.lines(),
  ]
}

function summaryLines(report: PlanReport, views: number) {
  const { backup, target, tables, rows, findings, existing, expressions } = report
  const bytes = tables.reduce((sum, table) => sum + table.bytes, 0)
  return [
    `plan for ${backup}`,
    `  into ${target}`,
    `  ${countOf(tables.length, 'table')}, ${formatBytes(bytes)}, ${countOf(rows, 'row')}${lookedAtWords(report)}`,
    // Between databases of one engine there is nothing to translate.
    ...(expressions.length === 0
      ? []
      : [
          `  ${countOf(expressions.length - views, 'expression')}${views === 0 ? '' : ` and ${countOf(views, 'view')}`} carried over`,
        ]),
    `  findings: ${severityCounts(findings)}`,
    ...(existing.length === 0 ? [] : [`  a restore drops or overwrites: ${existing.join(', ')}`]),
  ]
}

interface Style {
  readonly brief: boolean
  /** Every row was looked at. */
  readonly readRows: boolean
  readonly notes: PlanNotes
}

function tableLines(view: PlannedTableView, { brief, readRows, notes }: Style): readonly string[] {
  const { table, findings, expressions } = view
  const columns = table.columns.filter((column) => !brief || deservesLine(column, view, readRows))
  const lines = [
    ...alignColumns(
      'llll',
      columns.map((column) => columnCells(column, view, readRows, notes)),
    ),
    ...findingLines(findings, brief),
    ...(brief ? [] : expressions.map(expressionLine)),
  ]
  if (lines.length === 0) return []
  const { source, target, rows, bytes } = table
  return ['', `${source} -> ${target}: ${countOf(rows, 'row')}, ${formatBytes(bytes)}`, ...lines]
}

function findingLines(findings: readonly Finding[], brief: boolean): readonly string[] {
  const shown = brief ? atLeast('changed', findings) : findings
  return shown.map(({ severity, kind, object, message }) =>
    oneLine(`  ${severity.padEnd(7)}  ${kind} ${object}: ${message}`),
  )
}

function expressionLine({ kind, object, native, sql }: PlannedExpression): string {
  return oneLine(`  carried  ${kind} ${object}: ${native} -> ${sql}`)
}

/** An expression may have been written on several. */
function oneLine(text: string): string {
  return text.replaceAll(/\s*[\r\n]+\s*/g, ' ')
}
