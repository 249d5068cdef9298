import type { MissingRight } from '@albackup/core'
import { byNeed } from '../jobs/doctor-databases.ts'
import type { Check, DatabaseReport, DoctorReport } from '../jobs/doctor-report.ts'
import { countOf } from './quantities.ts'

/** Everything the doctor found; the statements that give what is missing stand in a block that can be copied. */
export function doctorSummary({ albackup, node, platform, checks, databases }: DoctorReport): readonly string[] {
  return [
    `albackup ${albackup}, Node ${node}, ${platform}`,
    ...checks.filter(({ subject, state }) => subject !== 'node' || state !== 'good').flatMap(checkLines),
    ...databases.flatMap((database) => ['', ...databaseLines(database)]),
    ...databases.flatMap(grantLines),
  ]
}

const MARKS: Readonly<Record<Check['state'], string>> = { good: 'ok    ', advice: 'advice', fault: 'FAULT ' }

function checkLines({ state, message, hint }: Check): readonly string[] {
  return [`  ${MARKS[state]}  ${message}`, ...(hint === undefined ? [] : [`          ${hint}`])]
}

function databaseLines({ role, database, server, checks, missingRights, failure }: DatabaseReport): readonly string[] {
  const facts = server === null ? [] : [server.product, server.version, server.edition].filter((fact) => fact !== null)
  return [
    `${role} ${database}`,
    ...(facts.length === 0 ? [] : [`  ${MARKS.good}  ${facts.join(', ')}`]),
    ...checks.flatMap(checkLines),
    ...(failure === null
      ? rightLines(missingRights)
      : checkLines({ subject: role, state: 'fault', ...plain(failure) })),
  ]
}

function plain({ message, hint }: NonNullable<DatabaseReport['failure']>): Pick<Check, 'message' | 'hint'> {
  return { message, ...(hint === undefined ? {} : { hint }) }
}

function rightLines(missing: readonly MissingRight[] | null): readonly string[] {
  if (missing === null) return [`  ${MARKS.advice}  the dialect cannot tell whether rights are missing`]
  if (missing.length === 0) return [`  ${MARKS.good}  no right is missing`]
  return byNeed(missing).flatMap(({ right, severity, consequence }) =>
    checkLines({
      subject: 'rights',
      state: severity === 'needed' ? 'fault' : 'advice',
      message: `${severity === 'needed' ? 'needed, and missing' : 'missing'}: ${right}`,
      hint: consequence,
    }),
  )
}

function grantLines({ role, database, missingRights }: DatabaseReport): readonly string[] {
  const missing = byNeed(missingRights ?? [])
  if (missing.length === 0) return []
  const needed = missing.filter(({ severity }) => severity === 'needed').length
  return [
    '',
    `-- ${role} ${database}: ${countOf(missing.length, 'right')} missing, ${needed} needed; an administrator gives ${missing.length === 1 ? 'it' : 'them'} with`,
    ...new Set(missing.map(({ grant }) => (/;\s*$/.test(grant) ? grant : `${grant};`))),
  ]
}
