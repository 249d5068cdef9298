/**
 * Turns rows from Avro into binary COPY as the encoders of src/wire do, as long as nothing about their values is unusual: a row that
 * has an unusual one is left to them, which know what becomes of it.
 */
import {
  BOOLEAN,
  BYTES,
  DATE,
  DECIMAL,
  FIXED_BYTES,
  FLOAT32,
  FLOAT64,
  INT16,
  INT32,
  INT64,
  JSONB,
  OFFSET_BESIDE,
  OFFSET_DROPPED,
  PADDED_TEXT,
  STEP_BYTES,
  TEXT,
  TIME_OF_MICROS,
  TIME_OF_TICKS,
  TIMESTAMP_OF_MICROS,
  TIMESTAMP_OF_MILLIS,
  TIMESTAMP_OF_TICKS,
} from '../src/wire/plain-forms'
import { EPOCH_DAYS, EPOCH_MICROS, EPOCH_MILLIS, isInfinite, isInfiniteDay, LATE_END } from './epoch'
import { endRow, fieldCount, rowBound, stepCount, steps, stop } from './job'
import * as avro from './read-avro'
import { first, formOf, JSONB_VERSION, nullsOf, second } from './steps'
import { countCharacters, isAwkward } from './text'
import * as copy from './write-copy'
import { numericField } from './write-numeric'

/** So many milliseconds are microseconds of 64 bits. */
const MOST_MILLIS: i64 = i64.MAX_VALUE / 1000

/**
 * Writes rows until all are written, or the message is full, or a row is not plain; returns how many. `from..end`: the rows that are
 * left of the block. `to`: where to write; the message is full beyond `full`, and its memory ends at `room`.
 */
export function encodeRows(rows: i32, from: usize, end: usize, to: usize, full: usize, room: usize): i32 {
  avro.moveTo(from)
  copy.moveTo(to)
  let row = 0
  for (; row < rows; row++) {
    const rowFrom = avro.position()
    const rowTo = copy.position()
    if (rowTo >= full) break
    copy.writeInt16(fieldCount)
    if (!encodeValues(end, room - rowBound - copy.OVERHANG) || avro.position() > end) {
      avro.moveTo(rowFrom)
      copy.moveTo(rowTo)
      break
    }
    endRow(rowTo, copy.position())
  }
  return stop(row, avro.position(), copy.position())
}

/** False when a value is not plain. `room`: where values of variable length are to end. */
function encodeValues(end: usize, room: usize): bool {
  let step = steps
  for (let i = 0; i < stepCount; i++, step += STEP_BYTES) {
    const nulls = nullsOf(step)
    if (nulls !== 0 && avro.readByte() === 0) {
      copy.nullFields(nulls)
      continue
    }
    let plain = true
    // One function, since a call for each value costs as much as the value.
    switch (formOf(step)) {
      case BOOLEAN:
        copy.byteField(avro.readByte() !== 0 ? 1 : 0)
        break
      case INT16:
        copy.int16Field(avro.readInt())
        break
      case INT32:
        copy.int32Field(avro.readInt())
        break
      case INT64:
      case TIME_OF_MICROS:
        copy.int64Field(avro.readLong())
        break
      case FLOAT32:
        copy.int32Field(load<i32>(avro.position()))
        avro.moveTo(avro.position() + 4)
        break
      case FLOAT64:
        copy.int64Field(load<i64>(avro.position()))
        avro.moveTo(avro.position() + 8)
        break
      case DECIMAL:
        plain = encodeDecimal(first(step), <i32>second(step))
        break
      case TEXT:
        plain = encodeText(end, room)
        break
      case PADDED_TEXT:
        plain = encodePaddedText(<i32>first(step), end, room)
        break
      case JSONB:
        plain = encodeJsonb(end, room)
        break
      case BYTES:
        plain = encodeBytes(avro.readInt(), end, room)
        break
      case FIXED_BYTES:
        plain = encodeBytes(<i32>first(step), end, room)
        break
      case DATE:
        encodeDate(avro.readInt())
        break
      case TIME_OF_TICKS:
        plain = encodeTicks(avro.readLong(), 0)
        break
      case TIMESTAMP_OF_MILLIS:
        plain = encodeMillis(avro.readLong()) && encodeOffset(<i32>first(step))
        break
      case TIMESTAMP_OF_MICROS:
        plain = encodeMicros(avro.readLong()) && encodeOffset(<i32>first(step))
        break
      case TIMESTAMP_OF_TICKS:
        plain = encodeTicks(avro.readLong(), EPOCH_MICROS) && encodeOffset(<i32>first(step))
        break
      default:
        return false
    }
    if (!plain) return false
  }
  return true
}

/** Big-endian two's complement of at most eight bytes. `beyond`: the first number that has too many digits; 0: that of none. */
function encodeDecimal(beyond: i64, scale: i32): bool {
  const length = avro.readInt()
  if (length < 1 || length > 8) return false
  let value: i64 = load<i8>(avro.position())
  for (let i = 1; i < length; i++) value = (value << 8) | load<u8>(avro.position() + i)
  if (beyond !== 0 && (value >= beyond || value <= -beyond)) return false
  avro.moveTo(avro.position() + length)
  return numericField(value, scale)
}

function encodeText(end: usize, room: usize): bool {
  const length = avro.readInt()
  const begin = avro.position()
  if (!fits(length, end, room) || isAwkward(begin, begin + length)) return false
  copy.beginField(length)
  copy.writeBytes(begin, length)
  avro.moveTo(begin + length)
  return true
}

function encodePaddedText(characters: i32, end: usize, room: usize): bool {
  const length = avro.readInt()
  const begin = avro.position()
  if (!fits(length, end, room) || isAwkward(begin, begin + length)) return false
  const blanks = max(0, characters - countCharacters(begin, begin + length))
  copy.beginField(length + blanks)
  copy.writeBytes(begin, length)
  copy.writeBlanks(blanks)
  avro.moveTo(begin + length)
  return true
}

function encodeJsonb(end: usize, room: usize): bool {
  const length = avro.readInt()
  const begin = avro.position()
  if (!fits(length, end, room)) return false
  copy.beginField(length + 1)
  copy.writeByte(JSONB_VERSION)
  copy.writeBytes(begin, length)
  avro.moveTo(begin + length)
  return true
}

function encodeBytes(length: i32, end: usize, room: usize): bool {
  if (!fits(length, end, room)) return false
  copy.beginField(length)
  copy.writeBytes(avro.position(), length)
  avro.moveTo(avro.position() + length)
  return true
}

/** Whether a value of `length` bytes at the cursor ends within the block, and there is room for it. */
function fits(length: i32, end: usize, room: usize): bool {
  return length >= 0 && avro.position() + length <= end && copy.position() + length <= room
}

function encodeDate(days: i32): void {
  copy.int32Field(isInfiniteDay(days) ? days : days - EPOCH_DAYS)
}

function encodeMillis(millis: i64): bool {
  if (isInfinite(millis)) {
    copy.int64Field(millis)
    return true
  }
  const since = millis - EPOCH_MILLIS
  if (since > MOST_MILLIS || since < -MOST_MILLIS) return false
  copy.int64Field(since * 1000)
  return true
}

function encodeMicros(micros: i64): bool {
  if (isInfinite(micros)) {
    copy.int64Field(micros)
    return true
  }
  if (micros < LATE_END) return false
  copy.int64Field(micros - EPOCH_MICROS)
  return true
}

/** The seventh digit is lost: such a value is not plain. `epoch` in microseconds. */
function encodeTicks(ticks: i64, epoch: i64): bool {
  const micros = ticks / 10
  if (micros * 10 !== ticks) return false
  copy.int64Field(micros - epoch)
  return true
}

/** The minutes beside a time. */
function encodeOffset(kind: i32): bool {
  if (kind === OFFSET_BESIDE) copy.int16Field(avro.readInt())
  else if (kind === OFFSET_DROPPED) return avro.readInt() === 0
  return true
}
