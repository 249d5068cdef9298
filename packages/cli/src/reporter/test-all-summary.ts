import type { DatabaseReport, TestAllReport } from '../jobs/test-all.ts'
import { alignColumns } from './align-columns.ts'
import { countOf, formatCount, formatSeconds } from './quantities.ts'

/** The words at the end of test-all. */
export function testAllSummary(report: TestAllReport, reportDir: string): readonly string[] {
  return [
    `tested ${countOf(report.databases.length, 'database')} of ${report.file}`,
    ...alignColumns('llrrrl', report.databases.map(databaseCells)),
    `  ${verdictCounts(report)}, ${formatSeconds(report.seconds)}`,
    `  reports: ${reportDir}`,
  ]
}

/** `2 passed, 1 different, 1 skipped` */
export function verdictCounts(report: TestAllReport): string {
  const counts = [
    [report.passed, 'passed'],
    [report.different, 'different'],
    [report.failed, 'failed'],
    [report.skipped, 'skipped'],
  ] as const
  const told = counts.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`)
  return told.length === 0 ? 'nothing to test' : told.join(', ')
}

function databaseCells(report: DatabaseReport): readonly string[] {
  const { name, verdict, roundTrip, seconds } = report
  if (roundTrip === null) return [name, verdict, '', '', '', reasonWords(report)]
  const { tables, rows } = roundTrip
  return [name, verdict, countOf(tables, 'table'), countOf(rows, 'row'), formatSeconds(seconds), reasonWords(report)]
}

/** Of a skipped one its comment says more. */
export function reasonWords({ verdict, reason, comment }: DatabaseReport): string {
  return (verdict === 'skipped' ? (comment ?? reason) : reason) ?? ''
}
