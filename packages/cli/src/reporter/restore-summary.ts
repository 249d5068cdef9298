import type { Finding, RIViolation } from '@albackup/core'
import type { LossReport, RestoreReport } from '../jobs/restore-backup.ts'
import { speed } from './dump-summary.ts'
import { proofWords, schemaWords } from './proof-words.ts'
import { countOf, formatCount } from './quantities.ts'

/** How many of a kind are shown when not everything was asked for. */
const SHOWN = 5
/** What matters most comes first. */
const SEVERITIES = ['lost', 'changed', 'info'] as const

/** The words at the end of a restore. `all`: every finding, loss and violation. */
export function restoreSummary(report: RestoreReport, all: boolean): readonly string[] {
  const { backup, target, tables, rows, seconds, findings, losses, violations, missing } = report
  return [
    `restored ${backup}`,
    `  into ${target}`,
    `  ${countOf(tables, 'table')}, ${countOf(rows, 'row')}, ${speed(rows, seconds)}`,
    ...findingLines(findings, all),
    `  ${countOf(report.valuesAltered, 'value')} altered`,
    ...shorten(losses.map(lossLine), all),
    `  referential integrity: ${integrity(violations)}`,
    ...shorten((violations ?? []).map(violationLine), all),
    `  proof: ${report.proven === null && missing !== null ? 'no rows were restored' : proofWords(report)}`,
    ...schemaLines(report, all),
    ...(report.advice.length === 0 ? [] : ['what to do next', ...report.advice.map((sentence) => `  ${sentence}`)]),
  ]
}

function findingLines(findings: readonly Finding[], all: boolean): readonly string[] {
  if (findings.length === 0) return ['  findings: none']
  const groups = SEVERITIES.map((severity) => findings.filter((finding) => finding.severity === severity))
  const counts = groups.flatMap((group, i) =>
    group.length === 0 ? [] : [`${formatCount(group.length)} ${SEVERITIES[i]}`],
  )
  const lines = groups
    .flat()
    .map(({ severity, kind, object, message }) => `    ${severity.padEnd(7)}  ${kind} ${object}: ${message}`)
  return [`  findings: ${counts.join(', ')}`, ...shorten(lines, all)]
}

function lossLine({ table, column, kind, count, samples }: LossReport): string {
  return `    ${table}.${column}: ${countOf(count, 'value')}, ${kind}${example(samples)}`
}

function violationLine({ table, foreignKey, rows, samples }: RIViolation): string {
  return `    ${table}, ${foreignKey}: ${countOf(rows, 'row')} without a parent${example(samples)}`
}

function example(samples: readonly string[]): string {
  return samples.length === 0 ? '' : `, for example ${samples.slice(0, 3).map(cut).join(', ')}`
}

/** Dialects quote texts themselves; what would break the line is made visible all the same. */
function cut(sample: string): string {
  const short = sample.length > 60 ? `${sample.slice(0, 59)}…` : sample
  return /[\p{Cc}\p{Cs}]/u.test(short) ? JSON.stringify(short) : short
}

function integrity(violations: readonly RIViolation[] | null): string {
  if (violations === null) return 'not checked'
  if (violations.length === 0) return 'every row has its parent'
  return `${countOf(violations.length, 'foreign key')} broken`
}

/** Nothing where no proof was asked for. */
function schemaLines({ missing, unattainable, notCompared }: RestoreReport, all: boolean): readonly string[] {
  if (missing === null || unattainable === null || notCompared === null) return []
  return [
    `  schema: ${schemaWords({ missing, unattainable, notCompared })}`,
    ...shorten(
      missing.map(({ sentence }) => `    ${sentence}`),
      all,
    ),
    ...shorten(
      unattainable.map((sentence) => `    cannot be: ${sentence}`),
      all,
    ),
    ...shorten(
      notCompared.map((sentence) => `    not compared: ${sentence}`),
      all,
    ),
  ]
}

function shorten(lines: readonly string[], all: boolean): readonly string[] {
  if (all || lines.length <= SHOWN) return lines
  return [...lines.slice(0, SHOWN), `    and ${formatCount(lines.length - SHOWN)} more (--debug or --json shows all)`]
}
