import { type AvroReader, decodeUtf8 } from '@albackup/core'
import { cleanText, countCharacters, hasAwkwardText, type TextPolicy } from './awkward-text.ts'
import type { CopyWriter } from './copy-writer.ts'
import { type ColumnLosses, type Encoder, endOfValue } from './encoder.ts'
import { JSONB, PADDED_TEXT, TEXT } from './plain-forms.ts'

const BLANK = 0x20

/** The version byte that jsonb begins with (jsonb.c, "jsonb_recv"). */
const JSONB_VERSION = Buffer.of(1)

/** text, varchar, xml and json: UTF-8. */
export function textEncoder(policy: TextPolicy, losses: ColumnLosses): Encoder {
  return {
    fields: 1,
    bound: 4,
    plain: [TEXT],
    encode(from, to) {
      const valueBegin = from.offset
      const end = endOfValue(from, from.readInt())
      const begin = from.offset
      from.offset = end
      if (hasAwkwardText(from.view, begin, end)) {
        const clean = cleaned(from, valueBegin, begin, end, policy, losses)
        to.reserve(clean.length)
        to.writeBytes(clean, 0, clean.length)
      } else {
        to.reserve(end - begin)
        to.writeBytesOf(from, begin, end)
      }
    },
  }
}

/** char(n), padded with blanks as the server keeps it, so that what is read back is what was sent. */
export function paddedTextEncoder(characters: number, policy: TextPolicy, losses: ColumnLosses): Encoder {
  return {
    fields: 1,
    bound: 4 + characters,
    plain: [PADDED_TEXT, BigInt(characters)],
    encode(from, to) {
      const valueBegin = from.offset
      const end = endOfValue(from, from.readInt())
      const begin = from.offset
      from.offset = end
      if (hasAwkwardText(from.view, begin, end)) {
        const clean = cleaned(from, valueBegin, begin, end, policy, losses)
        writePadded(to, clean, 0, clean.length, characters)
      } else writePadded(to, from.bytes, begin, end, characters)
    },
  }
}

function writePadded(to: CopyWriter, bytes: Buffer, begin: number, end: number, characters: number): void {
  to.reserve(end - begin)
  const blanks = Math.max(0, characters - countCharacters(bytes, begin, end))
  to.view.setInt32(to.offset, end - begin + blanks)
  to.offset += 4
  to.writeRaw(bytes, begin, end)
  for (let i = 0; i < blanks; i++) to.bytes[to.offset++] = BLANK
}

/** The text of a jsonb. */
export function jsonbEncoder(): Encoder {
  return {
    fields: 1,
    bound: 4 + JSONB_VERSION.length,
    plain: [JSONB],
    encode(from, to) {
      const end = endOfValue(from, from.readInt())
      const begin = from.offset
      from.offset = end
      to.reserve(end - begin)
      to.view.setInt32(to.offset, JSONB_VERSION.length + end - begin)
      to.offset += 4
      to.writeRaw(JSONB_VERSION, 0, JSONB_VERSION.length)
      to.writeRaw(from.bytes, begin, end)
    },
  }
}

/** A value with its own type as jsonb, spelled as the server spells it: `{"type": "int", "value": "1"}`. */
export function variantEncoder(policy: TextPolicy, losses: ColumnLosses): Encoder {
  return objectEncoder(JSONB_VERSION, policy, losses)
}

/** The same as a text. */
export function variantTextEncoder(policy: TextPolicy, losses: ColumnLosses): Encoder {
  return objectEncoder(Buffer.alloc(0), policy, losses)
}

function objectEncoder(head: Buffer, policy: TextPolicy, losses: ColumnLosses): Encoder {
  return {
    fields: 1,
    bound: 4 + head.length,
    encode(from, to) {
      const valueBegin = from.offset
      const type = readText(from, valueBegin, policy, losses)
      const value = readText(from, valueBegin, policy, losses)
      const json = Buffer.from(`{"type": ${JSON.stringify(type)}, "value": ${JSON.stringify(value)}}`)
      to.reserve(json.length)
      to.view.setInt32(to.offset, head.length + json.length)
      to.offset += 4
      to.writeRaw(head, 0, head.length)
      to.writeRaw(json, 0, json.length)
    },
  }
}

function readText(from: AvroReader, valueBegin: number, policy: TextPolicy, losses: ColumnLosses): string {
  const end = endOfValue(from, from.readInt())
  const begin = from.offset
  from.offset = end
  if (!hasAwkwardText(from.view, begin, end)) return from.bytes.toString('utf8', begin, end)
  return decodeUtf8(cleaned(from, valueBegin, begin, end, policy, losses))
}

function cleaned(
  from: AvroReader,
  valueBegin: number,
  begin: number,
  end: number,
  policy: TextPolicy,
  losses: ColumnLosses,
): Buffer {
  const clean = cleanText(from.bytes.subarray(begin, end), policy)
  if (clean.nuls > 0) losses.count('nul-character', from, valueBegin)
  if (clean.surrogates > 0) losses.count('lone-surrogate', from, valueBegin)
  return clean.bytes
}
