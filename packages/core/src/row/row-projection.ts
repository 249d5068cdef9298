import type { LogicalType } from '../model/logical-type.ts'
import { type Column, storedColumns, type Table } from '../model/schema-model.ts'
import { AvroReader } from './avro-reader.ts'
import type { RowBytes } from './row-block.ts'
import { type SkipValue, skipValue } from './skip-value.ts'

/** The branch of a nullable value that is there. */
const PRESENT = 2
const FIRST_SIZE = 65536

/** A row cut down to some columns; its memory holds the next row afterwards. */
export interface ProjectedRow {
  readonly bytes: Buffer
  readonly view: DataView
  /** Where the value of each column ends; each begins where the one before ends, the first at 0. */
  readonly ends: Uint32Array
  readonly length: number
}

/**
 * Cuts rows down to some of their columns, in a given order, each value with the mark of a nullable one before it: the same
 * bytes for tables that differ in other columns, in the order of columns and in nullability.
 */
export class RowProjection {
  private readonly skips: readonly SkipValue[]
  private readonly nullable: readonly boolean[]
  /** The places of the wanted columns among the stored ones. */
  private readonly places: readonly number[]
  /** Value `i` of the whole row stands from `bounds[i]` to `bounds[i + 1]`. */
  private readonly bounds: Float64Array
  private readonly ends: Uint32Array
  private bytes = Buffer.allocUnsafe(FIRST_SIZE)
  private view = viewOf(this.bytes)

  /** `columns`: names of stored columns. */
  constructor(table: Table, columns: readonly string[]) {
    const stored = storedColumns(table)
    this.skips = stored.map(skipValue)
    this.nullable = stored.map((column) => column.nullable)
    this.places = columns.map((name) => stored.findIndex((column) => column.name === name))
    this.bounds = new Float64Array(stored.length + 1)
    this.ends = new Uint32Array(columns.length)
  }

  /** Throws a RangeError when the bytes are not whole rows of the table's stored columns. */
  walk(block: RowBytes, onRow: (row: ProjectedRow) => void): void {
    const reader = new AvroReader(block.bytes)
    for (let row = 0; row < block.rows; row++) {
      this.findBounds(reader, row)
      onRow(this.project(reader))
    }
    if (reader.offset !== reader.end) throw new RangeError(`${reader.end - reader.offset} bytes follow the last row`)
  }

  private findBounds(reader: AvroReader, row: number): void {
    const { bounds, skips } = this
    bounds[0] = reader.offset
    for (let i = 0; i < skips.length; i++) {
      skips[i]!(reader)
      if (reader.offset > reader.end || reader.offset < bounds[i]!) {
        throw new RangeError(`row ${row} runs beyond its block`)
      }
      bounds[i + 1] = reader.offset
    }
  }

  private project(reader: AvroReader): ProjectedRow {
    const { bounds, nullable, ends, places } = this
    this.reserve(reader.offset - bounds[0]! + places.length)
    const { bytes, view } = this
    const source = reader.bytes
    let length = 0
    for (let i = 0; i < places.length; i++) {
      const place = places[i]!
      if (!nullable[place]) bytes[length++] = PRESENT
      length = copyValue(source, bounds[place]!, bounds[place + 1]!, bytes, length)
      ends[i] = length
    }
    return { bytes, view, ends, length }
  }

  private reserve(length: number): void {
    if (length <= this.bytes.length) return
    this.bytes = Buffer.allocUnsafe(length * 2)
    this.view = viewOf(this.bytes)
  }
}

/** Below this a loop is faster than a call into native code. */
const SHORT = 48

/** Gives where the copy ends. */
function copyValue(source: Buffer, begin: number, end: number, into: Buffer, at: number): number {
  if (end - begin > SHORT) return at + source.copy(into, at, begin, end)
  let to = at
  for (let from = begin; from < end; from++) into[to++] = source[from]!
  return to
}

/** Columns of the same form have the same bytes for the same value, whatever their types say beyond that. */
export function sameForm(one: Column, other: Column): boolean {
  return formOf(one.logical) === formOf(other.logical)
}

/** Equal for types of which the same value has the same bytes. */
export function formOf(type: LogicalType): string {
  switch (type.kind) {
    case 'decimal':
      return `decimal ${type.scale}`
    case 'float':
      return `float ${type.bits}`
    case 'time':
      return `time ${type.precision > 6 ? 7 : 6}`
    case 'timestamp':
    case 'timestamp-offset':
      return `${type.kind} ${type.precision > 6 ? 7 : type.precision > 3 ? 6 : 3}`
    default:
      return type.kind
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
}
