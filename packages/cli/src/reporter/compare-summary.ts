import type { TableComparison } from '@albackup/core'
import type { CompareReport } from '../jobs/compare-sides.ts'
import { countOf, formatCount, formatSeconds } from './quantities.ts'

/** How many of what was not compared are shown when not everything was asked for. */
const SHOWN = 5

/** The words at the end of a comparison; every difference is in them. `all`: everything that was not compared, too. */
export function compareSummary(report: CompareReport, all: boolean): readonly string[] {
  const { a, b, seconds, differences, tables, notCompared } = report
  const differing = tables.filter(({ verdict }) => verdict === 'different')
  return [
    `compared ${a.name}`,
    `    with ${b.name}`,
    ...differences.map(({ sentence }) => `  ${sentence}`),
    ...differing.flatMap(({ sentence, differentRows }) => [
      `  ${sentence}`,
      ...differentRows.map((row) => `    ${row.sentence}`),
    ]),
    `  schema: ${schemaWords(report)}`,
    `  rows: ${rowWords(tables, differing.length)}`,
    ...listed('not compared', [...leftOutWords(tables), ...notCompared], all),
    `  ${report.equal ? 'A and B are equal' : 'A and B differ'}, ${formatSeconds(seconds)}`,
  ]
}

/** `3 differences in 2 objects` */
export function schemaWords({ differences }: Pick<CompareReport, 'differences'>): string {
  if (differences.length === 0) return 'no difference'
  const objects = new Set(differences.map(({ object }) => `${object.kind} ${object.name}`))
  return `${countOf(differences.length, 'difference')} in ${countOf(objects.size, 'object')}`
}

function rowWords(tables: readonly TableComparison[], differing: number): string {
  if (tables.length === 0) return 'none compared'
  const rows = tables.reduce((sum, { a }) => sum + a.rows, 0)
  const counted = tables.filter(({ verdict }) => verdict === 'same count').length
  const only = counted === 0 ? '' : `; ${formatCount(counted)} of them only counted`
  if (differing > 0) return `${formatCount(differing)} of ${countOf(tables.length, 'table')} differ${only}`
  return `${countOf(rows, 'row')} in ${countOf(tables.length, 'table')} are the same in both${only}`
}

function leftOutWords(tables: readonly TableComparison[]): readonly string[] {
  return tables.flatMap(({ table, leftOut }) =>
    leftOut.map(({ column, reason }) => `the values of column ${column} of ${table}: ${reason}`),
  )
}

function listed(title: string, lines: readonly string[], all: boolean): readonly string[] {
  if (lines.length === 0) return []
  const shown = all ? lines : lines.slice(0, SHOWN)
  const more = lines.length - shown.length
  return [
    `  ${title}:`,
    ...shown.map((line) => `    ${line}`),
    ...(more === 0 ? [] : [`    and ${formatCount(more)} more (--debug, --json and --html show all)`]),
  ]
}
