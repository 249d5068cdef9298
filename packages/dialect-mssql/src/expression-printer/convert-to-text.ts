import type { TextType } from '@albackup/core'
import { type ExpressionType, refuse, whole } from '@albackup/core/printing'
import type { ExpressionContext } from './context.ts'
import { collationOf, type Printed } from './printed.ts'

/** What is no text has one that is compared by its characters. */
const COMPARISON = { by: 'characters', caseSensitive: true, ignoresTrailingBlanks: false } as const

const INTEGER_LENGTH = { 8: 4, 16: 6, 32: 11, 64: 20 } as const

export function toText(printed: Printed, type: TextType, context: ExpressionContext): Printed {
  const { type: from, sql } = printed
  switch (from.kind) {
    case 'text':
      return textToText(printed, from, type, context)
    case 'integer':
      return made(`cast(${sql} as nvarchar(${INTEGER_LENGTH[from.bits]}))`, INTEGER_LENGTH[from.bits], type)
    case 'decimal':
      // Of what is computed or chosen each value has a scale of its own in the source.
      if (!printed.fullScale) return refuse('how many digits a decimal shows is not known')
      return made(`cast(${sql} as nvarchar(${from.precision + 3}))`, from.precision + 3, type)
    case 'boolean':
      return made(`case ${sql} when 1 then N'true' when 0 then N'false' end`, 5, type)
    case 'uuid':
      return made(`lower(cast(${sql} as nvarchar(36)))`, 36, type)
    default:
      return refuse(`how ${printed.type.kind} becomes a text depends on the session, or is not known`)
  }
}

function made(sql: string, length: number, { length: most }: TextType): Printed {
  if (most !== null && most < length) return refuse('a text may be cut')
  return whole(sql, { kind: 'text', length, unit: 'characters', fixed: false, comparison: COMPARISON })
}

/** Its declared length is kept: SQL Server computes with it. */
function textToText(printed: Printed, from: TextType, type: TextType, context: ExpressionContext): Printed {
  if (type.fixed) return refuse('a text is padded with blanks')
  if (from.fixed) return textToText(withoutPadding(printed, from, context), unpadded(from), type, context)
  if (type.length === null || (from.length !== null && from.length <= type.length)) return printed
  if (context.text !== 'ascii') return refuse('SQL Server counts UTF-16 units')
  return { ...whole(`left(${printed.sql}, ${type.length})`, { ...from, length: type.length }), ...collationOf(printed) }
}

/** PostgreSQL drops the blanks at the end of a `char(n)` that becomes any other text. */
function withoutPadding(printed: Printed, from: TextType, { purpose }: ExpressionContext): Printed {
  // A filter knows columns as they are, and blanks at the end do not count in it.
  if (purpose === 'filter') return { ...printed, type: unpadded(from) }
  return { ...whole(`rtrim(${printed.sql})`, unpadded(from)), ...collationOf(printed) }
}

function unpadded({ comparison, ...type }: TextType): TextType {
  return { ...type, fixed: false, ...(comparison && { comparison: { ...comparison, ignoresTrailingBlanks: false } }) }
}

/** Whether the type is a text whose characters are known, and not the text of a value that only the source understands. */
export function isPlainText(type: ExpressionType): type is TextType {
  return type.kind === 'text' && type.comparison !== undefined
}
