import type { AvroWriter, LogicalType } from '@albackup/core'
import { codePageOfCollation } from '../../collation.ts'
import { TYPE } from '../protocol.ts'
import type { TypeInfo } from '../type-info.ts'
import { binaryDecoder, rowversionDecoder, uuidDecoder } from './binary.ts'
import { codePageDecoder } from './code-page-text.ts'
import { decimalDecoder, moneyDecoder, smallMoneyDecoder } from './decimal.ts'
import { floatDecoder } from './float.ts'
import { bitDecoder, integerDecoder } from './integer.ts'
import {
  dateDecoder,
  datetimeDecoder,
  smallDatetimeDecoder,
  timeDecoder,
  timestampDecoder,
  timestampOffsetDecoder,
} from './temporal.ts'
import { utf16Decoder, xmlDecoder } from './utf16-text.ts'
import type { ValueDecoder } from './value-decoder.ts'
import { variantDecoder } from './variant.ts'

/** Turns values of the type on the wire into the Avro form of the column's logical type; undefined when they are not the same. */
export function columnDecoder(logical: LogicalType, wire: TypeInfo, writer: AvroWriter): ValueDecoder | undefined {
  switch (logical.kind) {
    case 'boolean':
      return isOneOf(wire, TYPE.BIT, TYPE.BITN) ? bitDecoder(writer) : undefined
    case 'integer':
      return isInteger(wire) && wire.size * 8 === logical.bits ? integerDecoder(logical.bits, writer) : undefined
    case 'float':
      return isOneOf(wire, TYPE.FLTN, TYPE.FLT4, TYPE.FLT8) && wire.size * 8 === logical.bits
        ? floatDecoder(logical.bits, writer)
        : undefined
    case 'decimal':
      return decimalLikeDecoder(logical.scale, wire, writer)
    case 'date':
      return wire.id === TYPE.DATEN ? dateDecoder(writer) : undefined
    case 'time':
      return wire.id === TYPE.TIMEN ? timeDecoder(wire.scale, logical.precision, writer) : undefined
    case 'timestamp':
      return timestampLikeDecoder(logical.precision, wire, writer)
    case 'timestamp-offset':
      return wire.id === TYPE.DATETIMEOFFSETN
        ? timestampOffsetDecoder(wire.scale, logical.precision, writer)
        : undefined
    case 'uuid':
      return wire.id === TYPE.GUID ? uuidDecoder(writer) : undefined
    case 'text':
    case 'xml':
    case 'json':
      return textDecoder(wire, writer)
    case 'binary':
      return isBinary(wire) ? binaryDecoder(writer) : undefined
    case 'rowversion':
      return isBinary(wire) && wire.size === 8 ? rowversionDecoder(writer) : undefined
    case 'variant':
      return wire.id === TYPE.SSVARIANT ? variantDecoder(columnDecoder, writer) : undefined
    case 'instant':
      return undefined
  }
}

function decimalLikeDecoder(scale: number, wire: TypeInfo, writer: AvroWriter): ValueDecoder | undefined {
  if (isOneOf(wire, TYPE.DECIMALN, TYPE.NUMERICN)) return decimalDecoder(wire.scale, scale, writer)
  if (!isOneOf(wire, TYPE.MONEYN, TYPE.MONEY, TYPE.MONEY4) || scale !== 4) return undefined
  return wire.size === 4 ? smallMoneyDecoder(writer) : moneyDecoder(writer)
}

function timestampLikeDecoder(precision: number, wire: TypeInfo, writer: AvroWriter): ValueDecoder | undefined {
  if (wire.id === TYPE.DATETIME2N) return timestampDecoder(wire.scale, precision, writer)
  if (!isOneOf(wire, TYPE.DATETIMN, TYPE.DATETIME, TYPE.DATETIM4)) return undefined
  if (precision === 0 && wire.size === 4) return smallDatetimeDecoder(writer)
  return precision === 3 && wire.size === 8 ? datetimeDecoder(writer) : undefined
}

function textDecoder(wire: TypeInfo, writer: AvroWriter): ValueDecoder | undefined {
  if (wire.id === TYPE.XML) return xmlDecoder(writer)
  if (wire.collation === null) return undefined
  return isOneOf(wire, TYPE.NCHAR, TYPE.NVARCHAR, TYPE.NTEXT)
    ? utf16Decoder(writer)
    : codePageDecoder(codePageOfCollation(wire.collation), writer)
}

function isInteger(wire: TypeInfo): boolean {
  return isOneOf(wire, TYPE.INTN, TYPE.INT1, TYPE.INT2, TYPE.INT4, TYPE.INT8)
}

function isBinary(wire: TypeInfo): boolean {
  return isOneOf(wire, TYPE.BIGBINARY, TYPE.BIGVARBINARY, TYPE.IMAGE, TYPE.UDT)
}

function isOneOf(wire: TypeInfo, ...ids: readonly number[]): boolean {
  return ids.includes(wire.id)
}
