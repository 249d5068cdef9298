import {
  AvroReader,
  type BinaryType,
  type Column,
  type Loss,
  type PlannedColumn,
  type PlannedTable,
  type RowBytes,
  skipValue,
} from '@albackup/core'
import { type Conversion, conversion } from '../conversions.ts'
import { type PostgresPolicy, parsePolicy } from '../policy.ts'
import { targetType } from '../types.ts'
import { CopyWriter } from './copy-writer.ts'
import { bytesEncoder, fixedBytesEncoder } from './encode-bytes.ts'
import { convertedEncoder } from './encode-converted.ts'
import { decimalEncoder } from './encode-decimal.ts'
import { hierarchyPathEncoder, hierarchyTreeEncoder } from './encode-hierarchyid.ts'
import { booleanEncoder, floatEncoder, integerEncoder } from './encode-numbers.ts'
import { numericTextEncoder } from './encode-numeric-text.ts'
import { spatialEncoder } from './encode-spatial.ts'
import { jsonbEncoder, paddedTextEncoder, textEncoder, variantEncoder, variantTextEncoder } from './encode-text.ts'
import {
  dateEncoder,
  timeEncoder,
  timestampEncoder,
  timestampWithOffsetEncoder,
  timestampWithoutOffsetEncoder,
} from './encode-times.ts'
import type { ColumnLosses, Encode, Encoder, LossKind } from './encoder.ts'
import { LossLedger } from './loss-ledger.ts'
import { plainColumns } from './plain-columns.ts'
import { PlainEncoder } from './plain-encoder.ts'
import { takePlainMemory } from './plain-memory.ts'
import { loadForm } from './wire-form.ts'

/** The field count in front of a row. */
const ROW_HEADER = 2

/** Turns the rows of one table from Avro bytes into binary COPY rows. */
export class RowEncoder {
  /** What a row takes at most without its values of variable length. */
  readonly rowBound: number
  private readonly encoders: readonly Encoder[]
  private readonly encodes: readonly Encode[]
  private readonly nullable: Uint8Array
  private readonly fields: number
  private readonly ledger: LossLedger
  private plain: PlainEncoder | undefined

  constructor(table: PlannedTable, tableName: string) {
    const policy = parsePolicy(table.policy ?? {})
    this.ledger = new LossLedger(tableName)
    this.encoders = columnEncoders(table, policy, this.ledger, refusedKinds(policy))
    this.encodes = this.encoders.map(({ encode }) => encode)
    this.nullable = Uint8Array.from(table.columns, ({ source }) => (source.nullable ? 1 : 0))
    this.fields = this.encoders.reduce((sum, encoder) => sum + encoder.fields, 0)
    this.rowBound = rowBoundOf(this.encoders)
  }

  /** What has not been carried exactly so far. */
  get losses(): readonly Loss[] {
    return this.ledger.list()
  }

  /** A writer for the rows that takes them the fast way where there is one. Without a digest they are only counted. */
  writer(withDigest: boolean): CopyWriter {
    this.plain = this.plainEncoder(withDigest)
    return new CopyWriter(this.rowBound, withDigest, this.plain?.messages)
  }

  /** The writer's messages have all been sent. */
  giveBackMemory(): void {
    this.plain?.giveBack()
    this.plain = undefined
  }

  /** Writes the block's rows; whenever a message is full, it is yielded. Throws a RangeError when rows and bytes disagree. */
  *encode(block: RowBytes, to: CopyWriter): Iterable<Buffer> {
    const { plain } = this
    const from = plain?.enter(block.bytes) ?? new AvroReader(block.bytes)
    for (let row = 0; row < block.rows; ) {
      row += plain?.encode(from, block.rows - row, to) ?? 0
      if (row < block.rows && !to.full) {
        this.encodeRow(from, to)
        row++
      }
      if (from.offset > from.end) break
      if (to.full) yield to.takeMessage()
    }
    if (from.offset !== from.end) {
      throw new RangeError(`a block of ${block.rows} rows has ${from.end} bytes, its rows end at ${from.offset}`)
    }
  }

  /** undefined where a column has values of another form, or the rows are too long. */
  private plainEncoder(withDigest: boolean): PlainEncoder | undefined {
    const { encoders, fields, nullable, rowBound } = this
    const steps = encoders.map((encoder, i) => ({ ...encoder, nulls: nullable[i] === 1 ? encoder.fields : 0 }))
    const columns = plainColumns(steps)
    if (columns === undefined || !PlainEncoder.fits(rowBound)) return undefined
    const memory = takePlainMemory()
    return memory && new PlainEncoder(memory, columns, { fields, bound: rowBound, withDigest })
  }

  private encodeRow(from: AvroReader, to: CopyWriter): void {
    const { encodes, nullable } = this
    to.beginRow(this.fields)
    for (let i = 0; i < encodes.length; i++) {
      if (nullable[i] === 1 && !from.readPresent()) {
        for (let field = this.encoders[i]!.fields; field > 0; field--) to.writeNull()
      } else encodes[i]!(from, to)
    }
    to.endRow()
  }
}

/** What a row takes at most without its values of variable length. */
export function rowBoundOf(encoders: readonly Encoder[]): number {
  return ROW_HEADER + encoders.reduce((sum, { bound, fields }) => sum + Math.max(bound, 4 * fields), 0)
}

/** One for each column. `refused`: kinds of loss that end the load. */
export function columnEncoders(
  { columns }: PlannedTable,
  policy: PostgresPolicy,
  ledger: LossLedger,
  refused: ReadonlySet<LossKind>,
): readonly Encoder[] {
  return columns.map((column) =>
    encoderOf(column, policy, ledger.column(column.source.name, column.source.logical, refused)),
  )
}

function encoderOf(column: PlannedColumn, policy: PostgresPolicy, losses: ColumnLosses): Encoder {
  const { source, companion } = column
  const { logical } = source
  const form = loadForm(column)
  if (form === 'jsonb') return jsonbEncoder()
  if (form === 'numeric') return numericTextEncoder(losses)
  if (column.omitted) return passOver(source)
  const converted = conversionOf(column, policy)
  if (converted !== undefined) return convertedEncoder(logical, converted, policy.text, losses)
  switch (logical.kind) {
    case 'boolean':
      return booleanEncoder()
    case 'integer':
      return integerEncoder(logical)
    case 'decimal':
      return decimalEncoder(logical.precision, logical.scale)
    case 'float':
      return floatEncoder(logical.bits)
    case 'date':
      return dateEncoder()
    case 'time':
      return timeEncoder(logical.precision, losses)
    case 'timestamp':
      return timestampEncoder(logical.precision, losses)
    case 'instant':
      // An instant is in microseconds whatever its precision.
      return timestampEncoder(6, losses)
    case 'timestamp-offset':
      return companion === undefined
        ? timestampWithoutOffsetEncoder(logical.precision, losses)
        : timestampWithOffsetEncoder(logical.precision, losses)
    case 'uuid':
      return fixedBytesEncoder(16)
    case 'rowversion':
      return fixedBytesEncoder(8)
    case 'binary':
      return binaryEncoder(logical, column.type, losses)
    case 'text':
    case 'xml':
    case 'json':
      return textColumnEncoder(source, policy, losses)
    case 'variant':
      return (column.type === 'text' ? variantTextEncoder : variantEncoder)(policy.text, losses)
  }
}

function binaryEncoder({ content }: BinaryType, type: string, losses: ColumnLosses): Encoder {
  if (/\bgeo(metry|graphy)$/.test(type)) return spatialEncoder(content === 'geography', losses)
  if (content !== 'hierarchyid' || type === 'bytea') return bytesEncoder()
  return type === 'text' ? hierarchyPathEncoder(losses) : hierarchyTreeEncoder(losses)
}

/** Reads the values that the target has no column for. */
function passOver(source: Column): Encoder {
  const skip = skipValue({ ...source, nullable: false })
  return { fields: 0, bound: 0, encode: skip }
}

/** undefined for a column of the usual type. */
function conversionOf({ source, type }: PlannedColumn, policy: PostgresPolicy): Conversion | undefined {
  const usual = targetType(source.logical, policy, { xml: true }).type
  return type === usual ? undefined : conversion(source.logical, type)
}

function textColumnEncoder({ logical }: Column, policy: PostgresPolicy, losses: ColumnLosses): Encoder {
  return logical.kind === 'text' && logical.fixed && logical.length !== null
    ? paddedTextEncoder(logical.length, policy.text, losses)
    : textEncoder(policy.text, losses)
}

/** The kinds of loss that the policy does not allow. */
export function refusedKinds({ text, time }: PostgresPolicy): ReadonlySet<LossKind> {
  const refused = new Set<LossKind>()
  if (text.nul === 'error') refused.add('nul-character')
  if (text.surrogate === 'error') refused.add('lone-surrogate')
  if (time.digits === 'error') refused.add('seventh-digit')
  return refused
}
