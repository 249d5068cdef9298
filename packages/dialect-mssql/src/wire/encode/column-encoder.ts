import { AvroWriter, type LogicalType } from '@albackup/core'
import { columnDecoder } from '../decode/column-decoder.ts'
import { FRAMING, TYPE } from '../protocol.ts'
import type { TypeInfo } from '../type-info.ts'
import { binaryEncoder, rowversionEncoder, uuidEncoder } from './binary.ts'
import { convertingEncoder, isTimestamp, numberColumn } from './converting-encoder.ts'
import { decimalEncoder, decimalSource, moneyEncoder, rescalingEncoder } from './decimal.ts'
import { bitEncoder, floatEncoder, integerEncoder } from './numbers.ts'
import { dateEncoder, storedDigits, timeEncoder, timestampEncoder } from './temporal.ts'
import { textEncoder } from './text.ts'
import type { ColumnReport, ValueEncoder } from './value-encoder.ts'
import { variantEncoder } from './variant.ts'

/** The longest value of fixed length, as Avro. */
const SCRATCH_BYTES = 64

/**
 * Turns values of the source's logical type into those of a column that is sent as `type` and read back as `held`; reports
 * what is read back where that is not the source's Avro. Throws a CannotCarryError when a column of the type holds no such values.
 */
export function columnEncoder(
  source: LogicalType,
  type: TypeInfo,
  report: ColumnReport,
  held: LogicalType = source,
): ValueEncoder {
  const encoder = encoderOf(source, type, report) ?? convertingEncoder(source, type, report)
  if (encoder === undefined) throw report.cannotHold(source.kind)
  return readsBackTheSame(source, held, report) ? encoder : rereading(encoder, held, type, report)
}

/** For a type that is the usual one. */
function encoderOf(source: LogicalType, type: TypeInfo, report: ColumnReport): ValueEncoder | undefined {
  switch (source.kind) {
    case 'boolean':
      return type.id === TYPE.BITN ? bitEncoder() : undefined
    case 'integer':
      return type.id === TYPE.INTN ? integerEncoder(source, type.size, report) : undefined
    case 'float':
      return type.id === TYPE.FLTN && type.size * 8 === source.bits ? floatEncoder(source.bits, report) : undefined
    case 'decimal':
      return decimalLikeEncoder(source, type, report)
    case 'date':
      return type.id === TYPE.DATEN ? dateEncoder(report) : undefined
    case 'time':
      return type.id === TYPE.TIMEN
        ? timeEncoder(storedDigits('time', source.precision), type.scale, report)
        : undefined
    case 'timestamp':
    case 'instant':
      return isTimestamp(type)
        ? timestampEncoder(storedDigits(source.kind, source.precision), 'none', type, report)
        : undefined
    case 'timestamp-offset':
      return type.id === TYPE.DATETIMEOFFSETN
        ? timestampEncoder(storedDigits(source.kind, source.precision), 'minutes', type, report)
        : undefined
    case 'uuid':
      return type.id === TYPE.GUID ? uuidEncoder() : undefined
    case 'text':
    case 'xml':
    case 'json':
      return type.collation === null ? undefined : textEncoder(type, report)
    case 'binary':
      return type.id === TYPE.BIGBINARY || type.id === TYPE.BIGVARBINARY ? binaryEncoder(type, report) : undefined
    case 'variant':
      return type.id === TYPE.SSVARIANT ? variantEncoder(columnEncoder, report) : undefined
    case 'rowversion':
      return type.framing === FRAMING.SHORT_LENGTH && type.size === 8 && type.collation === null
        ? rowversionEncoder(report)
        : undefined
  }
}

function decimalLikeEncoder(
  { precision, scale }: { readonly precision: number; readonly scale: number },
  type: TypeInfo,
  report: ColumnReport,
): ValueEncoder | undefined {
  if (type.id === TYPE.DECIMALN && scale === type.scale && precision <= type.precision) {
    return decimalEncoder(precision, report)
  }
  const isMoney = type.id === TYPE.MONEYN && scale === 4 && precision <= (type.size === 8 ? 19 : 10)
  if (isMoney) return moneyEncoder(type.size, report)
  const column = numberColumn(type)
  return column && rescalingEncoder(decimalSource(precision, scale), column.range, column.write, report)
}

/** Kinds whose Avro is a string. */
const STRINGS: ReadonlySet<string> = new Set(['text', 'xml', 'json'])

/** Whether the Avro of every value that is held is that of the source; a value that is not held says so itself. */
function readsBackTheSame(source: LogicalType, held: LogicalType, { clamps }: ColumnReport): boolean {
  if (clamps && isTemporal(source)) return false
  // What is converted to text reports the text itself, and a rowversion its bytes.
  if (source.kind !== held.kind) return STRINGS.has(held.kind) || source.kind === 'rowversion'
  if (source.kind === 'decimal' && held.kind === 'decimal') return source.scale === held.scale
  if (source.kind === 'float' && held.kind === 'float') return source.bits === held.bits
  if (source.kind === 'time' && held.kind === 'time') return keepsDigits(source, held)
  if (source.kind === 'timestamp' && held.kind === 'timestamp') {
    return keepsDigits(source, held) && (held.step === undefined || source.step === held.step)
  }
  if (source.kind === 'timestamp-offset' && held.kind === 'timestamp-offset') return keepsDigits(source, held)
  return true
}

function isTemporal({ kind }: LogicalType): boolean {
  return kind === 'date' || kind === 'time' || kind === 'timestamp' || kind === 'timestamp-offset' || kind === 'instant'
}

type Digits = { readonly kind: 'time' | 'timestamp' | 'timestamp-offset'; readonly precision: number }

function keepsDigits(source: Digits, held: Digits): boolean {
  const same = storedDigits(source.kind, source.precision) === storedDigits(held.kind, held.precision)
  return same && source.precision <= held.precision
}

/** Reads each value as a result would hold it, and reports that. */
function rereading(encoder: ValueEncoder, held: LogicalType, type: TypeInfo, report: ColumnReport): ValueEncoder {
  const writer = new AvroWriter(SCRATCH_BYTES)
  const decoder = columnDecoder(held, type, writer)
  if (decoder === undefined || type.framing !== FRAMING.BYTE_LENGTH) return encoder
  return {
    bound: encoder.bound,
    encode(from, to) {
      const valueBegin = from.offset
      const sentBegin = to.offset
      encoder.encode(from, to)
      // A value that has become NULL is reported already.
      if (to.bytes[sentBegin] === 0) return
      writer.offset = 0
      decoder.write(to, sentBegin + 1, to.offset)
      report.changed(valueBegin, from.offset, Buffer.from(writer.bytes.subarray(0, writer.offset)))
    },
  }
}
