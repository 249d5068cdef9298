import { CannotCarryError } from '@albackup/core'
import type { CatalogType } from '../../types.ts'
import { FRAMING, TYPE } from '../protocol.ts'
import { timeLength } from '../time-length.ts'
import type { TypeInfo } from '../type-info.ts'
import { DECIMAL_BYTES } from './decimal.ts'

const MAX = 0xffff

/** The greatest length of a variant: 8000 bytes of value, 8 of properties and one more. */
const VARIANT_BYTES = 8009

const PLAIN = { precision: 0, scale: 0, collation: null } as const

/** No collation, as for the text of an xml value. */
const NO_COLLATION = Buffer.alloc(5)

/**
 * The TYPE_INFO of a column's values in a bulk load. All are types that may be NULL. Types that a bulk load does not take, or
 * takes as a whole only, go as what the server converts without loss: xml, json, vector and ntext as nvarchar(max), text as
 * varchar(max), image and CLR types as varbinary(max). (Of text, ntext and image some servers take an empty value for NULL.)
 */
export function sentType(type: CatalogType, collation: Buffer | null): TypeInfo {
  switch (type.type) {
    case 'bit':
      return ofBytes(TYPE.BITN, 1)
    case 'tinyint':
      return ofBytes(TYPE.INTN, 1)
    case 'smallint':
      return ofBytes(TYPE.INTN, 2)
    case 'int':
      return ofBytes(TYPE.INTN, 4)
    case 'bigint':
      return ofBytes(TYPE.INTN, 8)
    case 'decimal':
    case 'numeric':
      return { ...ofBytes(TYPE.DECIMALN, DECIMAL_BYTES), precision: type.precision, scale: type.scale }
    case 'money':
      return ofBytes(TYPE.MONEYN, 8)
    case 'smallmoney':
      return ofBytes(TYPE.MONEYN, 4)
    case 'real':
      return ofBytes(TYPE.FLTN, 4)
    case 'float':
      return ofBytes(TYPE.FLTN, 8)
    case 'date':
      return ofBytes(TYPE.DATEN, 3)
    case 'time':
      return ofTime(TYPE.TIMEN, type.scale, 0)
    case 'datetime2':
      return ofTime(TYPE.DATETIME2N, type.scale, 3)
    case 'datetimeoffset':
      return ofTime(TYPE.DATETIMEOFFSETN, type.scale, 5)
    case 'datetime':
      return ofBytes(TYPE.DATETIMN, 8)
    case 'smalldatetime':
      return ofBytes(TYPE.DATETIMN, 4)
    case 'uniqueidentifier':
      return ofBytes(TYPE.GUID, 16)
    case 'sql_variant':
      return { ...PLAIN, id: TYPE.SSVARIANT, framing: FRAMING.LONG_LENGTH, size: VARIANT_BYTES }
    default:
      return ofLength(type, collation)
  }
}

function ofLength({ type, maxLength }: CatalogType, collation: Buffer | null): TypeInfo {
  switch (type) {
    case 'char':
      return ofText(TYPE.BIGCHAR, maxLength, collation)
    case 'varchar':
      return ofText(TYPE.BIGVARCHAR, maxLength, collation)
    case 'text':
      return ofText(TYPE.BIGVARCHAR, -1, collation)
    case 'nchar':
      return ofText(TYPE.NCHAR, maxLength, collation)
    case 'nvarchar':
      return ofText(TYPE.NVARCHAR, maxLength, collation)
    case 'ntext':
    case 'xml':
    case 'json':
    case 'vector':
      return ofText(TYPE.NVARCHAR, -1, collation ?? NO_COLLATION)
    case 'binary':
      return withLength(TYPE.BIGBINARY, maxLength)
    case 'varbinary':
      return withLength(TYPE.BIGVARBINARY, maxLength)
    default:
      // image, hierarchyid, geometry, geography and the CLR types of users.
      return withLength(TYPE.BIGVARBINARY, -1)
  }
}

function ofBytes(id: number, size: number): TypeInfo {
  return { ...PLAIN, id, framing: FRAMING.BYTE_LENGTH, size }
}

function ofTime(id: number, scale: number, more: number): TypeInfo {
  return { ...ofBytes(id, timeLength(scale) + more), scale }
}

function ofText(id: number, maxLength: number, collation: Buffer | null): TypeInfo {
  if (collation === null) throw new CannotCarryError('the server does not tell the collation of a text')
  return { ...withLength(id, maxLength), collation }
}

function withLength(id: number, maxLength: number): TypeInfo {
  return maxLength === -1
    ? { ...PLAIN, id, framing: FRAMING.PARTS, size: MAX }
    : { ...PLAIN, id, framing: FRAMING.SHORT_LENGTH, size: maxLength }
}
