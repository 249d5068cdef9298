import { operand, refuse, valueType, whole } from '@albackup/core/printing'
import { quote } from '../../quote.ts'
import { commonComparison, sideOf } from '../compare-texts.ts'
import { isEquated } from '../comparison.ts'
import type { Printed } from '../printed.ts'
import type { QueryEnvironment } from './environment.ts'
import { derivedTable, itemOf, type Shape, withComparison } from './prepared-query.ts'

/** A value by which rows are told from others: what is compared, and of a text how long it is. */
export interface RowKey {
  readonly compared: string
  /** Blanks at the end make another text in the source, and the same one here. */
  readonly length?: string
}

/** Undefined for a literal, which is the same in all rows. */
export function keyOf(value: Printed): RowKey | undefined {
  const type = valueType(value)
  if (value.constant !== undefined || type === null) return undefined
  if (type.kind !== 'text') {
    return isEquated(value) ? { compared: operand(value) } : refuse(`rows are the same by values of type ${type.kind}`)
  }
  const { ignoresTrailingBlanks } = commonComparison([value])
  const compared = sideOf(value)
  return ignoresTrailingBlanks ? { compared } : { compared, length: `datalength(${value.sql})` }
}

/** What rows are called that are told apart by more than they show. */
const ROWS = 'rows'

/** What a query of rows shows that are told apart by more than they show. `columns`: those of all the rows. */
export function keyedItems(columns: readonly Printed[]): Shape {
  return (value, place) => {
    if (isPlainKey(columns[place]!)) return itemOf(value)
    return `${value.constant === undefined ? sideOf(value) : value.sql}, datalength(${value.sql})`
  }
}

/** Whether the target takes rows for the same by the value as it is shown, where the source does. */
export function isPlainKey(value: Printed): boolean {
  const key = keyOf(value)
  const isText = valueType(value)?.kind === 'text'
  return key === undefined || !isText || (key.length === undefined && value.collated !== undefined)
}

/** The rows of a query of keyed items, without the keys. */
export function withoutKeys(
  values: readonly Printed[],
  sql: string,
  environment: QueryEnvironment,
  shape: Shape = itemOf,
): string {
  const names = values.flatMap((value, place) =>
    isPlainKey(value) ? [`c${place + 1}`] : [`c${place + 1}`, `k${place + 1}`],
  )
  const columns = values.map((value, place): Printed => {
    const column = { ...whole(quote(ROWS, `c${place + 1}`), withComparison(value, environment)), column: true } as const
    return value.collated === 'column' ? { ...column, collated: 'column' } : column
  })
  return `select ${columns.map(shape).join(', ')} from ${derivedTable(sql, ROWS, names)}`
}
