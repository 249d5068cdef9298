import { ByteBuilder } from './byte-builder.ts'

/**
 * A type as COLMETADATA describes it and ROW frames it (MS-TDS 2.2.5.4 "Data Type Definitions", 2.2.5.6 "Type Info Rule").
 * The bytes of the values themselves come from values.ts, or from the test that wants odd ones.
 */
export interface WireType {
  /** TYPE_INFO. */
  readonly info: Uint8Array
  /** A value with what the type puts around it; null for NULL. Throws when the type has no NULL. */
  frame(value: Uint8Array | null): Uint8Array
  /** COLMETADATA holds the name of the table: text, ntext and image. */
  readonly namesTable?: true
}

export interface ChunkOptions {
  /** A value is cut into chunks of at most so many bytes; by default one chunk. */
  readonly chunkBytes?: number
  /** Say that the length is unknown (0xFF…FE) instead of what it is. */
  readonly unknownLength?: boolean
}

/** us_english, case-insensitive, code page 1252: the default of an SQL Server in English. */
export const LATIN1_COLLATION: Uint8Array = Buffer.from('0904d00034', 'hex')

/** A UTF-8 collation, Latin1_General_100_CI_AS_SC_UTF8: the flag fUTF8 is bit 26. */
export const UTF8_COLLATION: Uint8Array = Buffer.from('0904d02400', 'hex')

/** FIXEDLENTYPE: no length, no NULL. */
function fixed(token: number, length: number): WireType {
  return { info: Buffer.from([token]), frame: (value) => exactly(value, length) }
}

/** BYTELEN_TYPE: one byte of length before the value, 0 for NULL. */
function byteLength(...info: readonly number[]): WireType {
  return {
    info: Buffer.from(info),
    frame: (value) => new ByteBuilder().bVarbyte(value ?? Buffer.alloc(0)).build(),
  }
}

/** USHORTLEN_TYPE: two bytes of length before the value, 0xFFFF for NULL. */
function ushortLength(token: number, length: number, collation?: Uint8Array): WireType {
  return {
    info: new ByteBuilder()
      .u8(token)
      .u16(length)
      .raw(collation ?? Buffer.alloc(0))
      .build(),
    frame: (value) => (value === null ? Buffer.from([0xff, 0xff]) : new ByteBuilder().usVarbyte(value).build()),
  }
}

/** PARTLENTYPE (MS-TDS 2.2.5.2.3): a total length, chunks, and a chunk of length 0. */
function partLength(info: Uint8Array, options: ChunkOptions = {}): WireType {
  return { info, frame: (value) => (value === null ? NULL_PARTS : parts(value, options)) }
}

const NULL_PARTS = Buffer.alloc(8, 0xff)
const UNKNOWN_LENGTH = 0xfffffffffffffffen

function parts(value: Uint8Array, options: ChunkOptions): Buffer {
  const chunkBytes = options.chunkBytes ?? Math.max(value.length, 1)
  const builder = new ByteBuilder().u64(options.unknownLength ? UNKNOWN_LENGTH : BigInt(value.length))
  for (let at = 0; at < value.length; at += chunkBytes) {
    const chunk = value.subarray(at, at + chunkBytes)
    builder.u32(chunk.length).raw(chunk)
  }
  return builder.u32(0).build()
}

/** LONGLEN_TYPE of text, ntext and image: a text pointer, a timestamp, and the value after four bytes of length. */
function textPointer(token: number, length: number, collation?: Uint8Array): WireType {
  return {
    info: new ByteBuilder()
      .u8(token)
      .u32(length)
      .raw(collation ?? Buffer.alloc(0))
      .build(),
    frame(value) {
      if (value === null) return Buffer.from([0])
      return new ByteBuilder().bVarbyte(TEXT_POINTER).raw(TEXT_TIMESTAMP).u32(value.length).raw(value).build()
    },
    namesTable: true,
  }
}

const TEXT_POINTER = Buffer.from('dummy textptr   ', 'latin1')
const TEXT_TIMESTAMP = Buffer.from('dummy TS', 'latin1')

function characters(token: number, length: number | 'max', collation: Uint8Array, options?: ChunkOptions): WireType {
  if (length !== 'max') return ushortLength(token, length, collation)
  return partLength(new ByteBuilder().u8(token).u16(0xffff).raw(collation).build(), options)
}

/** The types by their names in MS-TDS 2.2.5.4; lengths are in bytes. */
export const types = {
  tinyInt: fixed(0x30, 1),
  bit: fixed(0x32, 1),
  smallInt: fixed(0x34, 2),
  int: fixed(0x38, 4),
  bigInt: fixed(0x7f, 8),
  smallDateTime: fixed(0x3a, 4),
  dateTime: fixed(0x3d, 8),
  real: fixed(0x3b, 4),
  float: fixed(0x3e, 8),
  money: fixed(0x3c, 8),
  smallMoney: fixed(0x7a, 4),
  guid: byteLength(0x24, 16),
  intN: (length: 1 | 2 | 4 | 8) => byteLength(0x26, length),
  bitN: byteLength(0x68, 1),
  decimalN: (precision: number, scale: number) => byteLength(0x6a, decimalBytes(precision), precision, scale),
  numericN: (precision: number, scale: number) => byteLength(0x6c, decimalBytes(precision), precision, scale),
  floatN: (length: 4 | 8) => byteLength(0x6d, length),
  moneyN: (length: 4 | 8) => byteLength(0x6e, length),
  dateTimeN: (length: 4 | 8) => byteLength(0x6f, length),
  dateN: byteLength(0x28),
  timeN: (scale: number) => byteLength(0x29, scale),
  dateTime2N: (scale: number) => byteLength(0x2a, scale),
  dateTimeOffsetN: (scale: number) => byteLength(0x2b, scale),
  bigVarChar: (length: number | 'max', collation = LATIN1_COLLATION, options?: ChunkOptions) =>
    characters(0xa7, length, collation, options),
  bigChar: (length: number, collation = LATIN1_COLLATION) => ushortLength(0xaf, length, collation),
  nVarChar: (length: number | 'max', options?: ChunkOptions) => characters(0xe7, length, LATIN1_COLLATION, options),
  nChar: (length: number) => ushortLength(0xef, length, LATIN1_COLLATION),
  bigVarBinary: (length: number | 'max', options?: ChunkOptions) => characters(0xa5, length, Buffer.alloc(0), options),
  bigBinary: (length: number) => ushortLength(0xad, length),
  text: (collation = LATIN1_COLLATION) => textPointer(0x23, 0x7fffffff, collation),
  nText: textPointer(0x63, 0x7ffffffe, LATIN1_COLLATION),
  image: textPointer(0x22, 0x7fffffff),
  /** Untyped; with a schema collection when one is named. */
  xml: (collection?: XmlCollection, options?: ChunkOptions) => partLength(xmlInfo(collection), options),
  json: (options?: ChunkOptions) => partLength(Buffer.from([0xf4]), options),
  udt: (name: UdtName, options?: ChunkOptions) => partLength(udtInfo(name), options),
  /** The value holds base type, properties and bytes: see `variant` in values.ts. */
  ssVariant: {
    info: new ByteBuilder().u8(0x62).u32(8009).build(),
    frame: (value) => (value === null ? Buffer.alloc(4) : new ByteBuilder().u32(value.length).raw(value).build()),
  } satisfies WireType,
} as const

export interface XmlCollection {
  readonly database: string
  readonly schema: string
  readonly name: string
}

export interface UdtName {
  readonly database: string
  readonly schema: string
  readonly type: string
  /** The assembly-qualified name. */
  readonly assembly: string
}

/** The bytes of a decimal's value: one for the sign, the rest by precision (MS-TDS 2.2.5.5.1.6). */
export function decimalBytes(precision: number): number {
  if (precision <= 9) return 5
  if (precision <= 19) return 9
  return precision <= 28 ? 13 : 17
}

function xmlInfo(collection: XmlCollection | undefined): Buffer {
  if (!collection) return Buffer.from([0xf1, 0])
  return new ByteBuilder()
    .u8(0xf1)
    .u8(1)
    .bVarchar(collection.database)
    .bVarchar(collection.schema)
    .usVarchar(collection.name)
    .build()
}

function udtInfo(name: UdtName): Buffer {
  return new ByteBuilder()
    .u8(0xf0)
    .u16(0xffff)
    .bVarchar(name.database)
    .bVarchar(name.schema)
    .bVarchar(name.type)
    .usVarchar(name.assembly)
    .build()
}

function exactly(value: Uint8Array | null, length: number): Uint8Array {
  if (value?.length !== length) throw new Error(`this type has ${length} bytes and no NULL`)
  return value
}
