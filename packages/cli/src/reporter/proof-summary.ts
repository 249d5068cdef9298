import type { TableProof } from '@albackup/core'
import type { ProofReport } from '../jobs/verify-target.ts'
import { proofWords, schemaWords } from './proof-words.ts'
import { countOf, formatSeconds } from './quantities.ts'

/** The words at the end of a proof; every difference is in them. */
export function proofSummary(report: ProofReport): readonly string[] {
  const { target, tables, missing, unattainable, notCompared, rows, seconds } = report
  const altered = tables.flatMap(({ losses }) => losses).reduce((sum, { count }) => sum + count, 0)
  const differing = tables.filter(({ proven }) => !proven)
  const outcome = { proven: differing.length === 0, perTable: tables, tables: tables.length, rows }
  const holdsRows = tables.length === 0 || tables.some((table) => table.rows !== null)
  const words = holdsRows ? proofWords(outcome) : 'the backup holds no rows'
  return [
    `compared with ${target}`,
    ...differing.flatMap(tableLines),
    ...(missing ?? []).map(({ sentence }) => `  ${sentence}`),
    `  ${countOf(altered, 'value')} altered by the restore`,
    ...unattainable.map((sentence) => `  cannot be: ${sentence}`),
    ...notCompared.map((sentence) => `  not compared: ${sentence}`),
    `  schema: ${missing === null ? 'not compared, the backup holds rows only' : schemaWords({ missing, unattainable, notCompared })}`,
    `  proof: ${words}, ${formatSeconds(seconds)}`,
  ]
}

function tableLines({ sentence, rows, found, differentRows, leftOut }: TableProof): readonly string[] {
  const onlyThere = differentRows.length === 0 && leftOut.length > 0 && rows === found
  return [
    `  ${sentence}`,
    ...(onlyThere ? ['    no row differs in the columns that were looked at'] : []),
    ...differentRows.map((row) => `    ${row.sentence}`),
    ...leftOut.map(({ column, reason }) => `    not looked at: column ${column}: ${reason}`),
  ]
}
