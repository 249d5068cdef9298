import type { DumpReport } from '../jobs/dump-database.ts'
import { countOf, formatBytes, formatCount, formatSeconds } from './quantities.ts'

/** The words at the end of a dump. `all`: list everything that was left behind. */
export function dumpSummary(report: DumpReport, all: boolean): readonly string[] {
  const { backup, source, tables, rows, bytes, seconds, consistency, leftBehind } = report
  const shown = all ? leftBehind : leftBehind.slice(0, 5)
  return [
    `dumped ${source}`,
    `  into ${backup}`,
    `  ${countOf(tables, 'table')}, ${countOf(rows, 'row')}, ${formatBytes(bytes)}, ${speed(rows, seconds)}`,
    `  consistency: ${consistency.verdict}`,
    ...(leftBehind.length === 0 ? [] : [`  left behind: ${countOf(leftBehind.length, 'object')}`]),
    ...shown.map(({ kind, name, reason }) => `    ${kind} ${name}: ${reason}`),
    ...(shown.length < leftBehind.length
      ? [`    and ${leftBehind.length - shown.length} more; see albackup show`]
      : []),
  ]
}

/** `1.2 s, 2,756 rows/s` */
export function speed(rows: number, seconds: number): string {
  return `${formatSeconds(seconds)}, ${formatCount(rows / Math.max(seconds, 0.001))} rows/s`
}
