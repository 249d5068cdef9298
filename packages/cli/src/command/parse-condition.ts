import { type RowCondition, UsageError } from '@albackup/core'

/** `dbo.Orders=ShippedDate is null`: a pattern, an equals sign, a condition in the words of the database. Throws a UsageError. */
export function parseCondition(text: string): RowCondition {
  const at = text.indexOf('=')
  const condition = { table: text.slice(0, at).trim(), predicate: text.slice(at + 1).trim() }
  if (at > 0 && condition.table !== '' && condition.predicate !== '') return condition
  throw new UsageError(`cannot use --where ${text}: expected TABLE=CONDITION`, {
    hint: `For example --where "dbo.Orders=ShippedDate is null"; the table may be a pattern.`,
  })
}
