import type { LogicalType } from '../model/logical-type.ts'
import { type Column, storedColumns, type Table } from '../model/schema-model.ts'
import { AvroReader } from './avro-reader.ts'
import { RowDigest } from './digest.ts'
import type { RowBytes, RowFacts } from './row-block.ts'
import { type SkipValue, skipValue } from './skip-value.ts'

const PRESENT = 2
const FIRST_SIZE = 65536

/**
 * The facts of rows cut down to some of their columns, in a given order, each value with the mark of a nullable one before it:
 * equal for tables that differ in other columns, in the order of columns and in nullability. They are not those of
 * `RowWalker`. Throws a RangeError when the bytes are not whole rows of the table's stored columns.
 */
export class RowProjection {
  private readonly digest = new RowDigest()
  private readonly skips: readonly SkipValue[]
  private readonly nullable: readonly boolean[]
  /** The places of the wanted columns among the stored ones. */
  private readonly places: readonly number[]
  private readonly ends: Float64Array
  private bytes = Buffer.allocUnsafe(FIRST_SIZE)
  private view = viewOf(this.bytes)

  /** `columns`: names of stored columns. */
  constructor(table: Table, columns: readonly string[]) {
    const stored = storedColumns(table)
    this.skips = stored.map(skipValue)
    this.nullable = stored.map((column) => column.nullable)
    this.places = columns.map((name) => stored.findIndex((column) => column.name === name))
    this.ends = new Float64Array(stored.length + 1)
  }

  walk(block: RowBytes): void {
    const reader = new AvroReader(block.bytes)
    for (let row = 0; row < block.rows; row++) {
      this.findEnds(reader, row)
      this.addRow(reader)
    }
    if (reader.offset !== reader.end) throw new RangeError(`${reader.end - reader.offset} bytes follow the last row`)
  }

  get facts(): RowFacts {
    return { rows: this.digest.rows, digest: this.digest.digest }
  }

  /** Value `i` stands from `ends[i]` to `ends[i + 1]`. */
  private findEnds(reader: AvroReader, row: number): void {
    const { ends, skips } = this
    ends[0] = reader.offset
    for (let i = 0; i < skips.length; i++) {
      skips[i]!(reader)
      if (reader.offset > reader.end || reader.offset < ends[i]!)
        throw new RangeError(`row ${row} runs beyond its block`)
      ends[i + 1] = reader.offset
    }
  }

  private addRow(reader: AvroReader): void {
    const { ends, nullable } = this
    this.reserve(reader.offset - ends[0]! + this.places.length)
    let length = 0
    for (const place of this.places) {
      if (!nullable[place]) this.bytes[length++] = PRESENT
      length += reader.bytes.copy(this.bytes, length, ends[place], ends[place + 1])
    }
    this.digest.addRow(this.view, 0, length)
  }

  private reserve(length: number): void {
    if (length <= this.bytes.length) return
    this.bytes = Buffer.allocUnsafe(length * 2)
    this.view = viewOf(this.bytes)
  }
}

/** Columns of the same form have the same bytes for the same value, whatever their types say beyond that. */
export function sameForm(one: Column, other: Column): boolean {
  return formOf(one.logical) === formOf(other.logical)
}

function formOf(type: LogicalType): string {
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
