import { AvroReader, type LogicalType, readCell } from '@albackup/core'
import type { TypeInfo } from '../type-info.ts'
import { avroBytes } from './avro-bytes.ts'
import { textEncoder } from './text.ts'
import type { ColumnReport, LossKind, ValueEncoder } from './value-encoder.ts'

/** Values of any type as their canonical text (docs/format.md) in a column of text. */
export function canonicalTextEncoder(source: LogicalType, type: TypeInfo, report: ColumnReport): ValueEncoder {
  const made = new MadeText(report)
  const encoder = textEncoder(type, made)
  return {
    bound: encoder.bound,
    encode(from, to) {
      const valueBegin = from.offset
      const bytes = avroBytes(Buffer.from(String(readCell(from, source))))
      made.begin(from, valueBegin, bytes)
      encoder.encode(new AvroReader(bytes), to)
      report.changed(valueBegin, from.offset, made.held)
    },
  }
}

/** What is reported of the text, as about the value it was made of. */
class MadeText implements ColumnReport {
  held: Uint8Array = new Uint8Array(0)
  private from = new AvroReader(new Uint8Array(0))
  private valueBegin = 0
  private readonly report: ColumnReport

  constructor(report: ColumnReport) {
    this.report = report
  }

  get clamps(): boolean {
    return this.report.clamps
  }

  begin(from: AvroReader, valueBegin: number, bytes: Uint8Array): void {
    this.from = from
    this.valueBegin = valueBegin
    this.held = bytes
  }

  count(kind: LossKind): void {
    this.report.count(kind, this.from, this.valueBegin)
  }

  changed(_begin: number, _end: number, bytes: Uint8Array): void {
    this.held = bytes
  }

  becomesNull(kind: LossKind): void {
    this.report.becomesNull(kind, this.from, this.valueBegin)
  }

  refuse(reason: string): Error {
    return this.report.refuse(reason)
  }

  cannotHold(kind: string): Error {
    return this.report.cannotHold(kind)
  }
}
