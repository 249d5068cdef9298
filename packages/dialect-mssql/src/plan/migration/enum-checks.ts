import type { Column, Finding } from '@albackup/core'
import { addConstraint, constraintName } from '../../ddl.ts'
import { quote, quoteText } from '../../quote.ts'
import { isOwn, type Planning } from '../planning.ts'
import type { TableDraft } from '../tables.ts'
import { baseDeclaration, enumWords } from './declared-types.ts'

/** Keeps a column of an enumerated type to its words, whose order is given up. */
export function planEnumChecks(table: TableDraft, planning: Planning): void {
  if (isOwn(planning)) return
  for (const column of table.source.columns) {
    const words = enumWords(baseDeclaration(column, planning.model), planning.model)
    if (words === undefined || !table.made.has(column.name)) continue
    planEnumCheck(table, column, words, planning)
  }
}

function planEnumCheck(table: TableDraft, column: Column, words: readonly string[], { names, draft }: Planning): void {
  const object = `${table.object}.${column.name}`
  const target = names.column(table.source, column.name)
  const name = names.constraint(table.source, `${names.of(table.source).name}_${target}_words`)
  const condition = oneOf(quote(target), words)
  const clause = `${constraintName(name)}check (${condition})`
  const finding: Finding = { severity: 'changed', kind: 'check', object, message: 'is not trusted' }
  draft.add('references', {
    kind: 'check',
    object,
    sql: addConstraint(table.name, clause, 'with check '),
    fallback: { sql: addConstraint(table.name, clause, 'with nocheck '), finding },
  })
  const expression = { native: condition }
  draft.schema.check(table.planned, { name, systemNamed: false, expression, enabled: true, trusted: true })
}

/** SQL Server would take `sad ` for one of the words, too. A type without words has no values either. */
function oneOf(column: string, words: readonly string[]): string {
  const found = words.map((word) => `${column} = ${quoteText(word)}`).join(' or ')
  if (found === '' || words.some((word) => word.endsWith(' '))) return found || '1 = 0'
  return `(${found}) and datalength(${column}) = datalength(rtrim(${column}))`
}
