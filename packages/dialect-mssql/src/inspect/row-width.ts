import { fullName, type PlannedTable, type RowCheck, WidthInspection } from '@albackup/core'
import type { ParsedDeclaration } from '../wire/encode/declaration.ts'
import { timeLength } from '../wire/time-length.ts'
import type { InspectedColumn } from './planned-column.ts'

/** What a row may take in its page ("Pages and extents architecture guide"). */
const LONGEST_ROW = 8060
/** The head of a row, the count of its columns, the count of its values of variable length. */
const HEAD = 4 + 2 + 2
const OFFSET = 2
/** What stays in the row of a value that is moved out of it. */
const POINTER = 24

/** Measures rows without what can be moved out of them. */
export function rowWidth(table: PlannedTable, columns: readonly InspectedColumn[]): RowCheck {
  const made = columns.flatMap(({ declared }, place) => (declared === null ? [] : [{ declared, place }]))
  const fixed = made.reduce((sum, { declared }) => sum + (fixedBytes(declared) ?? 0), 0)
  const variable = made.filter(({ declared }) => fixedBytes(declared) === undefined).map(({ place }) => place)
  const head = HEAD + fixed + Math.ceil(made.length / 8)
  const object = fullName(table.source)
  return new WidthInspection({
    longest: LONGEST_ROW,
    measure(row) {
      let length = head
      for (const place of variable) {
        const size = row.lengthOf(place)
        if (size > 0) length += Math.min(size, POINTER) + OFFSET
      }
      return length
    },
    finding(count, widest) {
      const rows = count === 1 ? 'a row takes' : `${count} rows take`
      const message = `${rows} more than the ${LONGEST_ROW} bytes of a row, up to ${widest}, which ends the load`
      return { severity: 'blocks', kind: 'table', object, message }
    },
  })
}

/** Of bits eight have a byte, which is not counted on. */
const BYTES: Readonly<Record<string, number>> = {
  bit: 1,
  tinyint: 1,
  smallint: 2,
  int: 4,
  bigint: 8,
  real: 4,
  float: 8,
  money: 8,
  smallmoney: 4,
  date: 3,
  datetime: 8,
  smalldatetime: 4,
  uniqueidentifier: 16,
}

/** undefined for a type of variable length. */
function fixedBytes({ type, maxLength, precision, scale }: ParsedDeclaration): number | undefined {
  if (type === 'decimal' || type === 'numeric')
    return precision < 10 ? 5 : precision < 20 ? 9 : precision < 29 ? 13 : 17
  if (type === 'time') return timeLength(scale)
  if (type === 'datetime2') return timeLength(scale) + 3
  if (type === 'datetimeoffset') return timeLength(scale) + 5
  if (type === 'char' || type === 'nchar' || type === 'binary') return maxLength
  return BYTES[type]
}
