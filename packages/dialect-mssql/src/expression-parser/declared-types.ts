import type { LogicalType } from '@albackup/core'
import { NotUnderstood, type TokenCursor } from './token-cursor.ts'

/** The length of char, varchar and binary in a conversion that names none (Transact-SQL reference, "char and varchar"). */
const LENGTH_IN_CONVERSION = 30

type Facets = readonly (number | 'max')[]

/** Reads a type as a conversion names it: `[decimal](10,2)`, `varchar(max)`. Alias types are not understood. */
export function parseDeclaredType(cursor: TokenCursor): LogicalType {
  const name = cursor.take()
  if (name.kind !== 'name' && name.kind !== 'word') throw new NotUnderstood()
  const read = TYPES.get(name.text.toLowerCase())
  if (read === undefined) throw new NotUnderstood()
  return read(cursor.accept('(') ? cursor.list(() => parseFacet(cursor)) : [])
}

function parseFacet(cursor: TokenCursor): number | 'max' {
  if (cursor.accept('max')) return 'max'
  const token = cursor.take()
  if (token.kind !== 'integer') throw new NotUnderstood()
  return Number(token.text)
}

const TYPES: ReadonlyMap<string, (facets: Facets) => LogicalType> = new Map<string, (facets: Facets) => LogicalType>([
  ['bit', () => ({ kind: 'boolean' })],
  ['tinyint', () => ({ kind: 'integer', bits: 8, signed: false })],
  ['smallint', () => ({ kind: 'integer', bits: 16, signed: true })],
  ['int', () => ({ kind: 'integer', bits: 32, signed: true })],
  ['bigint', () => ({ kind: 'integer', bits: 64, signed: true })],
  ['decimal', decimal],
  ['numeric', decimal],
  ['money', () => ({ kind: 'decimal', precision: 19, scale: 4 })],
  ['smallmoney', () => ({ kind: 'decimal', precision: 10, scale: 4 })],
  ['real', () => ({ kind: 'float', bits: 32 })],
  ['float', (facets) => ({ kind: 'float', bits: number(facets, 0, 53) <= 24 ? 32 : 64 })],
  ['date', () => ({ kind: 'date' })],
  ['time', (facets) => ({ kind: 'time', precision: number(facets, 0, 7) })],
  ['smalldatetime', () => ({ kind: 'timestamp', precision: 0, step: 'minute' })],
  ['datetime', () => ({ kind: 'timestamp', precision: 3, step: '1/300 second' })],
  ['datetime2', (facets) => ({ kind: 'timestamp', precision: number(facets, 0, 7) })],
  ['datetimeoffset', (facets) => ({ kind: 'timestamp-offset', precision: number(facets, 0, 7) })],
  ['uniqueidentifier', () => ({ kind: 'uuid' })],
  ['char', (facets) => text(facets, 'bytes', true)],
  ['varchar', (facets) => text(facets, 'bytes', false)],
  ['nchar', (facets) => text(facets, 'utf16', true)],
  ['nvarchar', (facets) => text(facets, 'utf16', false)],
  ['sysname', () => ({ kind: 'text', length: 128, unit: 'utf16', fixed: false })],
  ['binary', (facets) => ({ kind: 'binary', length: length(facets), fixed: true })],
  ['varbinary', (facets) => ({ kind: 'binary', length: length(facets), fixed: false })],
])

function decimal(facets: Facets): LogicalType {
  return { kind: 'decimal', precision: number(facets, 0, 18), scale: number(facets, 1, 0) }
}

function text(facets: Facets, unit: 'bytes' | 'utf16', fixed: boolean): LogicalType {
  return { kind: 'text', length: length(facets), unit, fixed }
}

function length(facets: Facets): number | null {
  return facets[0] === 'max' ? null : number(facets, 0, LENGTH_IN_CONVERSION)
}

function number(facets: Facets, index: number, otherwise: number): number {
  const facet = facets[index] ?? otherwise
  if (facet === 'max') throw new NotUnderstood()
  return facet
}
