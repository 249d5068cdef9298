import type { PlannedStatement } from '@albackup/core'
import type { PlanReport } from '../jobs/plan-report.ts'
import { countOf } from './quantities.ts'

/** The statements of a restore as a script, in the sections of pg_dump: before the rows, the rows, after the rows. */
export function planScript(report: PlanReport, statementEnd: string): string {
  const { statements, tables, backup, target } = report
  const { keys, references, values, objects } = statements
  const print = (list: readonly PlannedStatement[]) => list.flatMap((one) => statementLines(one, statementEnd))
  const lines = [
    ...comment(`albackup plan of ${backup}`),
    ...comment(`for ${target}`),
    ...heading('pre-data'),
    ...print(statements.tables),
    ...heading('data'),
    ...tables.flatMap(({ source, target: into, rows }) => comment(`${into}: ${countOf(rows, 'row')} of ${source}`)),
    ...heading('post-data'),
    ...print([...keys, ...references, ...values, ...objects]),
  ]
  return `${lines.join('\n')}\n`
}

function heading(section: string): readonly string[] {
  return ['', '--', `-- ${section}`, '--', '']
}

function statementLines({ kind, object, sql, fallback }: PlannedStatement, end: string): readonly string[] {
  const otherwise = fallback === undefined ? [] : comment(`where the server refuses that: ${fallback.sql}${end}`)
  return [...comment(`${kind ?? 'object'} ${object}`), `${sql}${end}`, ...otherwise, '']
}

/** Every line of the text, so that none of it is taken for a statement. */
function comment(text: string): readonly string[] {
  return text.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => `-- ${line}`)
}
