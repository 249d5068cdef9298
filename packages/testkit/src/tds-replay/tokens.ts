import { ByteBuilder } from './byte-builder.ts'
import type { WireType } from './types.ts'

/** The tokens of a response, by their names in MS-TDS 2.2.7 "Packet Data Token Stream Definition". */

export interface WireColumn {
  readonly name: string
  readonly type: WireType
  /** Default: nullable. */
  readonly flags?: number
  /** 0x50 marks a rowversion; above 0xFF an alias type. */
  readonly userType?: number
  /** For text, ntext and image: the parts of the table's name. */
  readonly table?: readonly string[]
}

export const COLUMN_FLAG = { nullable: 0x01, identity: 0x10, computed: 0x20 } as const

export const DONE_STATUS = {
  final: 0x00,
  more: 0x01,
  error: 0x02,
  inTransaction: 0x04,
  count: 0x10,
  attention: 0x20,
  serverError: 0x100,
} as const

/** COLMETADATA (0x81). */
export function colMetadata(columns: readonly WireColumn[]): Buffer {
  const builder = new ByteBuilder().u8(0x81).u16(columns.length)
  for (const column of columns) {
    builder.u32(column.userType ?? 0).u16(column.flags ?? COLUMN_FLAG.nullable)
    builder.raw(column.type.info)
    if (column.type.namesTable) putTableName(builder, column.table ?? ['table'])
    builder.bVarchar(column.name)
  }
  return builder.build()
}

function putTableName(builder: ByteBuilder, name: readonly string[]): void {
  builder.u8(name.length)
  for (const part of name) builder.usVarchar(part)
}

/** ROW (0xD1). */
export function row(columns: readonly WireColumn[], values: readonly (Uint8Array | null)[]): Buffer {
  const builder = new ByteBuilder().u8(0xd1)
  columns.forEach((column, i) => {
    builder.raw(column.type.frame(values[i] ?? null))
  })
  return builder.build()
}

/** NBCROW (0xD2): a bitmap of the NULLs, then the values that are there. */
export function nbcRow(columns: readonly WireColumn[], values: readonly (Uint8Array | null)[]): Buffer {
  const bitmap = Buffer.alloc(Math.ceil(columns.length / 8))
  const builder = new ByteBuilder().u8(0xd2).raw(bitmap)
  columns.forEach((column, i) => {
    const value = values[i] ?? null
    if (value === null) bitmap[i >> 3]! |= 1 << (i & 7)
    else builder.raw(column.type.frame(value))
  })
  return builder.build()
}

export interface Done {
  /** DONE_STATUS, added up. */
  readonly status?: number
  readonly command?: number
  readonly rows?: number
}

/** DONE (0xFD); the count is marked as valid when `rows` is given. */
export function done(facts: Done = {}): Buffer {
  return doneToken(0xfd, facts)
}

/** DONEPROC (0xFE). */
export function doneProc(facts: Done = {}): Buffer {
  return doneToken(0xfe, facts)
}

/** DONEINPROC (0xFF). */
export function doneInProc(facts: Done = {}): Buffer {
  return doneToken(0xff, facts)
}

function doneToken(token: number, facts: Done): Buffer {
  const counted = facts.rows === undefined ? 0 : DONE_STATUS.count
  return new ByteBuilder()
    .u8(token)
    .u16((facts.status ?? 0) | counted)
    .u16(facts.command ?? 0)
    .u64(BigInt(facts.rows ?? 0))
    .build()
}

export interface ServerMessage {
  readonly number: number
  readonly state?: number
  /** Severity: 11 and above in ERROR, 10 and below in INFO. */
  readonly class?: number
  readonly message: string
  readonly server?: string
  readonly procedure?: string
  readonly line?: number
}

/** ERROR (0xAA). */
export function error(facts: ServerMessage): Buffer {
  return messageToken(0xaa, 16, facts)
}

/** INFO (0xAB). */
export function info(facts: ServerMessage): Buffer {
  return messageToken(0xab, 0, facts)
}

function messageToken(token: number, severity: number, facts: ServerMessage): Buffer {
  const body = new ByteBuilder()
    .i32(facts.number)
    .u8(facts.state ?? 1)
    .u8(facts.class ?? severity)
    .usVarchar(facts.message)
    .bVarchar(facts.server ?? 'replay')
    .bVarchar(facts.procedure ?? '')
    .u32(facts.line ?? 1)
  return new ByteBuilder().u8(token).usVarbyte(body.build()).build()
}

/** ORDER (0xA9): the columns the rows are ordered by, counted from 1. */
export function order(columns: readonly number[]): Buffer {
  const builder = new ByteBuilder().u8(0xa9).u16(columns.length * 2)
  for (const column of columns) builder.u16(column)
  return builder.build()
}

/** RETURNSTATUS (0x79). */
export function returnStatus(value: number): Buffer {
  return new ByteBuilder().u8(0x79).i32(value).build()
}
