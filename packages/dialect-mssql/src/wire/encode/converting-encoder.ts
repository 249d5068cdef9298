import type { LogicalType } from '@albackup/core'
import { TYPE } from '../protocol.ts'
import type { TypeInfo } from '../type-info.ts'
import { canonicalTextEncoder } from './canonical-text.ts'
import { type DecimalRange, rescalingEncoder, writeUnscaledDecimal, writeUnscaledMoney } from './decimal.ts'
import { numberTextEncoder } from './number-text.ts'
import { BOOLEAN_SOURCE, doubleEncoder, INTEGER_SOURCE, integerRange, writeBit, writeInteger } from './numbers.ts'
import type { TdsWriter } from './tds-writer.ts'
import { dayEncoder, midnightEncoder, storedDigits } from './temporal.ts'
import type { ColumnReport, ValueEncoder } from './value-encoder.ts'

/** For a type that is not the usual one of such values, as a mapping may ask for; undefined when there is no way. */
export function convertingEncoder(source: LogicalType, type: TypeInfo, report: ColumnReport): ValueEncoder | undefined {
  const column = numberColumn(type)
  switch (source.kind) {
    case 'boolean':
      if (column !== undefined) return rescalingEncoder(BOOLEAN_SOURCE, column.range, column.write, report)
      break
    case 'integer':
      if (column !== undefined) return rescalingEncoder(INTEGER_SOURCE, column.range, column.write, report)
      break
    case 'text':
      return column && numberTextEncoder(column.range, column.write, report)
    case 'float':
      if (source.bits === 32 && type.id === TYPE.FLTN && type.size === 8) return doubleEncoder(report)
      break
    case 'date':
      if (isTimestamp(type)) return midnightEncoder(type, report)
      break
    case 'timestamp':
    case 'instant':
      if (type.id === TYPE.DATEN) return dayEncoder(storedDigits(source.kind, source.precision), report)
      break
    case 'xml':
    case 'json':
    case 'binary':
    case 'rowversion':
    case 'variant':
      return undefined
  }
  return type.collation === null ? undefined : canonicalTextEncoder(source, type, report)
}

export function isTimestamp({ id }: TypeInfo): boolean {
  return id === TYPE.DATETIME2N || id === TYPE.DATETIMN || id === TYPE.DATETIMEOFFSETN
}

/** What a column of numbers with a fixed point takes. */
interface NumberColumn {
  readonly range: DecimalRange
  write(unscaled: bigint, to: TdsWriter): void
}

/** undefined for a column of another kind. */
export function numberColumn(type: TypeInfo): NumberColumn | undefined {
  const { id, size, precision, scale } = type
  if (id === TYPE.BITN) return { range: integerRange(0), write: writeBit }
  if (id === TYPE.INTN) return { range: integerRange(size), write: writeInteger(size) }
  if (id === TYPE.MONEYN) return { range: { ...integerRange(size), scale: 4 }, write: writeUnscaledMoney(size) }
  if (id !== TYPE.DECIMALN) return undefined
  const greatest = 10n ** BigInt(precision) - 1n
  return { range: { scale, least: -greatest, greatest }, write: writeUnscaledDecimal }
}
