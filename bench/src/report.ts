import { cpus, totalmem } from 'node:os'
import { median } from './measure.ts'
import type { Runs } from './rounds.ts'
import { limitOf } from './subjects.ts'
import type { BenchTable } from './tables.ts'

export function describeMachine(servers: readonly string[]): string {
  const [cpu] = cpus()
  return [
    `- ${cpus().length} cores of ${cpu?.model.trim() ?? 'an unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}, Node ${process.versions.node}`,
    ...servers.map((server) => `- ${server}`),
  ].join('\n')
}

/** One table in Markdown: medians, ratios of medians, peak memory. */
export function reportTable(table: BenchTable, columns: number, runs: Runs): string {
  const medianOf = (subject: string) => {
    const measured = runs.get(subject)
    return measured === undefined ? undefined : median(measured.map((run) => run.seconds))
  }
  const lines = [...runs].map(([subject, measured]) => {
    const seconds = median(measured.map((run) => run.seconds))
    const limit = medianOf(limitOf(subject))
    const jobs = measured.flatMap((run) => run.jobSeconds ?? [])
    const memory = measured.flatMap((run) => run.peakMemory ?? [])
    return [
      subject,
      seconds.toFixed(2),
      Math.round(table.rows / seconds).toLocaleString('en'),
      limit === undefined ? '' : `${(seconds / limit).toFixed(2)} x`,
      jobs.length === 0 ? '' : median(jobs).toFixed(2),
      memory.length === 0 ? '' : Math.round(Math.max(...memory)).toString(),
    ]
  })
  const head = ['', 'seconds', 'rows/s', 'of the limit', 'whole job, s', 'peak MB']
  const rows = [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...lines]
  return [
    `### ${table.name}: ${table.rows.toLocaleString('en')} rows x ${columns} columns`,
    '',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n')
}
