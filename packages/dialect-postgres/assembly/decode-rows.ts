/**
 * Turns rows from binary COPY into Avro as the decoders of src/wire/decode do, as long as nothing about their values is unusual: a row
 * that has an unusual one is left to them, which know what becomes of it.
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
  STEP_BYTES,
  TEXT,
  TIME_OF_MICROS,
  TIMESTAMP_OF_MICROS,
  TIMESTAMP_OF_MILLIS,
} from '../src/wire/plain-forms'
import { EPOCH_DAYS, EPOCH_MICROS, EPOCH_MILLIS, isInfinite, isInfiniteDay } from './epoch'
import { endRow, fieldCount, rowBound, stepCount, steps, stop } from './job'
import { int16, int32, int64 } from './read-copy'
import { numericRead, readNumeric } from './read-numeric'
import { first, formOf, JSONB_VERSION, nullsOf, second } from './steps'
import * as avro from './write-avro'

/** A CopyData message is 'd', a length that counts itself, and one row (PostgreSQL protocol 3, "Message Formats"). */
const COPY_DATA = 0x64
const MESSAGE_HEADER: usize = 5

/** A time from which on it counts as late (core's late-times.ts), in microseconds since 2000. */
const LATE: i64 = i64.MAX_VALUE - EPOCH_MICROS

/**
 * Reads messages from `from` on until they end, or enough is written, or one is not a plain row; returns how many. `to`: where to
 * write; it is enough beyond `full`, and the memory ends at `room`.
 */
export function decodeRows(from: usize, end: usize, to: usize, full: usize, room: usize): i32 {
  let at = from
  let rows = 0
  avro.moveTo(to)
  for (; at + MESSAGE_HEADER + 2 <= end; rows++) {
    const row = avro.position()
    const next = at + 1 + <usize>int32(at + 1)
    if (row >= full || next > end || load<u8>(at) !== COPY_DATA) break
    if (row + (next - at) + rowBound + avro.OVERHANG > room || !decodeRow(at + MESSAGE_HEADER, next)) {
      avro.moveTo(row)
      break
    }
    endRow(row, avro.position())
    at = next
  }
  return stop(rows, at, avro.position())
}

/** False when the row, its field count first, is not plain. */
function decodeRow(begin: usize, end: usize): bool {
  if (int16(begin) !== fieldCount) return false
  let at = begin + 2
  let step = steps
  for (let i = 0; i < stepCount; i++, step += STEP_BYTES) {
    if (at + 4 > end) return false
    const length = int32(at)
    at += 4
    if (length < 0) {
      if (nullsOf(step) === 0) return false
      avro.writeByte(0)
      continue
    }
    if (at + length > end) return false
    if (nullsOf(step) !== 0) avro.writeByte(2)
    let plain = true
    // One function, since a call for each value costs as much as the value.
    switch (formOf(step)) {
      case BOOLEAN:
        plain = length === 1
        avro.writeByte(load<u8>(at) !== 0 ? 1 : 0)
        break
      case INT16:
        plain = length === 2
        avro.writeLong(int16(at))
        break
      case INT32:
        plain = length === 4
        avro.writeLong(int32(at))
        break
      case INT64:
      case TIME_OF_MICROS:
        plain = length === 8
        avro.writeLong(int64(at))
        break
      case FLOAT32:
        plain = length === 4
        avro.writeFloat(int32(at))
        break
      case FLOAT64:
        plain = length === 8
        avro.writeDouble(int64(at))
        break
      case DECIMAL:
        plain = readNumeric(at, length, <i32>second(step))
        avro.writeDecimal(numericRead())
        break
      case TEXT:
      case BYTES:
        avro.writeLong(length)
        avro.writeFixed(at, length)
        break
      case JSONB:
        plain = length > 0 && load<u8>(at) === JSONB_VERSION
        avro.writeLong(length - 1)
        avro.writeFixed(at + 1, length - 1)
        break
      case FIXED_BYTES:
        plain = length === <i32>first(step)
        avro.writeFixed(at, length)
        break
      case DATE:
        plain = length === 4
        decodeDate(int32(at))
        break
      case TIMESTAMP_OF_MILLIS:
        plain = length === 8 && decodeMillis(int64(at))
        break
      case TIMESTAMP_OF_MICROS:
        plain = length === 8 && decodeMicros(int64(at))
        break
      default:
        return false
    }
    if (!plain) return false
    at += length
  }
  return at === end
}

function decodeDate(days: i32): void {
  avro.writeLong(isInfiniteDay(days) ? days : days + EPOCH_DAYS)
}

function decodeMillis(micros: i64): bool {
  if (isInfinite(micros)) {
    avro.writeLong(micros)
    return true
  }
  const millis = micros / 1000
  avro.writeLong(millis + EPOCH_MILLIS)
  return millis * 1000 === micros
}

function decodeMicros(micros: i64): bool {
  if (isInfinite(micros)) {
    avro.writeLong(micros)
    return true
  }
  avro.writeLong(micros + EPOCH_MICROS)
  return micros < LATE
}
