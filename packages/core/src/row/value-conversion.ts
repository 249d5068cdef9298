import type { LogicalType, LogicalTypeOf } from '../model/logical-type.ts'
import type { AvroReader } from './avro-reader.ts'
import type { AvroWriter } from './avro-writer.ts'
import { formOf } from './row-projection.ts'
import { skipValue } from './skip-value.ts'
import { floorDivide, unitsPerSecond } from './temporal-text.ts'

/** Writes the value that is read in the form of another type, in which the same value has the same bytes. NULL is none. */
export type ValueConversion = (from: AvroReader, to: AvroWriter) => void

/**
 * undefined where a value of one type is none of the other. Digits of a second that the other type has not are cut off, as they
 * are on the way into a table.
 */
export function valueConversion(from: LogicalType, to: LogicalType): ValueConversion | undefined {
  if (formOf(from) === formOf(to) || (isText(from) && isText(to))) return copyOf(from)
  if (isMoment(from) && isMoment(to) && family(from) === family(to)) {
    const units = { units: unitsPerSecond(from), otherUnits: unitsPerSecond(to) }
    return (reader, writer) => writeMoment(reader, writer, { from, to, ...units })
  }
  if (from.kind === 'rowversion' && to.kind === 'binary') {
    return (reader, writer) => writer.writeBytes(reader.readFixed(8))
  }
  return undefined
}

/** The offset of a moment, in minutes, where it has a column of its own. */
export const offsetOfMoment: ValueConversion = (reader, writer) => {
  reader.readLong()
  writer.writeInt(reader.readInt())
}

function copyOf(type: LogicalType): ValueConversion {
  const skip = skipValue({ name: '', native: { declaration: '' }, logical: type, nullable: false })
  return (reader, writer) => {
    const begin = reader.offset
    skip(reader)
    writer.reserve(reader.offset - begin)
    writer.writeFixed(reader.bytes, begin, reader.offset)
  }
}

function isText({ kind }: LogicalType): boolean {
  return kind === 'text' || kind === 'xml' || kind === 'json'
}

type Moment = LogicalTypeOf<'time' | 'timestamp' | 'instant' | 'timestamp-offset'>

function isMoment(type: LogicalType): type is Moment {
  return ['time', 'timestamp', 'instant', 'timestamp-offset'].includes(type.kind)
}

function family({ kind }: Moment): 'time' | 'timestamp' | 'instant' {
  return kind === 'timestamp-offset' ? 'instant' : kind
}

interface MomentTypes {
  readonly from: Moment
  readonly to: Moment
  readonly units: bigint
  readonly otherUnits: bigint
}

/** An instant that had no offset is in UTC. */
function writeMoment(reader: AvroReader, writer: AvroWriter, { from, to, units, otherUnits }: MomentTypes): void {
  const value = reader.readBigLong()
  const offset = from.kind === 'timestamp-offset' ? reader.readInt() : 0
  writer.writeBigLong(otherUnits >= units ? value * (otherUnits / units) : floorDivide(value, units / otherUnits))
  if (to.kind === 'timestamp-offset') writer.writeInt(offset)
}
