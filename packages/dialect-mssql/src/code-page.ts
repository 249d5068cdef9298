import { CannotCarryError } from '@albackup/core'
import iconv from 'iconv-lite'
import type { CodePageNumber } from './collation.ts'

/** A Windows code page as tables of UTF-16 code units, the way Windows itself maps it; see docs/code-pages.md. */
export interface CodePage {
  /** For each byte its code unit; LEAD when the byte may begin a pair. */
  readonly singles: Uint16Array
  /** For each `lead << 8 | trail` its code unit, 0 where there is none; null for a page without pairs. */
  readonly pairs: Uint16Array | null
}

/** Stands in `singles` for a byte that may begin a pair. */
export const LEAD = 0xffff

/** A byte without a character, or a lead byte without its trail, is kept as the lone surrogate U+DC00 + byte. */
export const ESCAPE = 0xdc00

const REPLACEMENT = 0xfffd
const SEPARATOR = 0x0a

/** Bytes that have no character but that Windows maps one to one: `[first byte, last byte, first code point]`. */
const BEST_FIT: Readonly<Record<CodePageNumber, readonly (readonly [number, number, number])[]>> = {
  874: [
    [0x80, 0x9f, 0x80],
    [0xdb, 0xde, 0xf8c1],
    [0xfc, 0xff, 0xf8c5],
  ],
  932: [
    [0x80, 0x80, 0x80],
    [0xa0, 0xa0, 0xa0],
    [0xfd, 0xff, 0xf8f1],
  ],
  936: [[0xff, 0xff, 0xf8f5]],
  949: [
    [0x80, 0x80, 0x80],
    [0xff, 0xff, 0xf8f7],
  ],
  950: [
    [0x80, 0x80, 0x80],
    [0xff, 0xff, 0xf8f8],
  ],
  1250: [[0x80, 0x9f, 0x80]],
  1251: [[0x80, 0x9f, 0x80]],
  1252: [[0x80, 0x9f, 0x80]],
  1253: [
    [0x80, 0x9f, 0x80],
    [0xaa, 0xaa, 0xf8f9],
    [0xd2, 0xd2, 0xf8fa],
    [0xff, 0xff, 0xf8fb],
  ],
  1254: [[0x80, 0x9f, 0x80]],
  1255: [
    [0x80, 0x9f, 0x80],
    [0xd9, 0xdf, 0xf88d],
    [0xfb, 0xfc, 0xf894],
    [0xff, 0xff, 0xf896],
  ],
  1256: [],
  1257: [
    [0x80, 0x9f, 0x80],
    [0xa1, 0xa1, 0xf8fc],
    [0xa5, 0xa5, 0xf8fd],
  ],
  1258: [[0x80, 0x9f, 0x80]],
  437: [],
  850: [],
}

/** User-defined characters: `[first lead, last lead, first trail, last trail, first code point]`; 0x7F is never a trail. */
const USER_DEFINED: Readonly<Record<CodePageNumber, readonly (readonly [number, number, number, number, number])[]>> = {
  932: [[0xf0, 0xf9, 0x40, 0xfc, 0xe000]],
  936: [
    [0xaa, 0xaf, 0xa1, 0xfe, 0xe000],
    [0xf8, 0xfe, 0xa1, 0xfe, 0xe234],
    [0xa1, 0xa7, 0x40, 0xa0, 0xe4c6],
  ],
  949: [
    [0xc9, 0xc9, 0xa1, 0xfe, 0xe000],
    [0xfe, 0xfe, 0xa1, 0xfe, 0xe05e],
  ],
  950: [
    [0xfa, 0xfe, 0x40, 0xfe, 0xe000],
    [0x8e, 0xa0, 0x40, 0xfe, 0xe311],
    [0x81, 0x8d, 0x40, 0xfe, 0xeeb8],
    [0xc6, 0xc6, 0xa1, 0xfe, 0xf6b1],
    [0xc7, 0xc8, 0x40, 0xfe, 0xf70f],
  ],
}

const loaded = new Map<CodePageNumber, CodePage>()

/** The page's tables, built at the first call. Throws when there is no such page. */
export function codePage(number: CodePageNumber): CodePage {
  const known = loaded.get(number)
  if (known !== undefined) return known
  if (BEST_FIT[number] === undefined) throw new CannotCarryError(`code page ${number} is not known`)
  const pairs = USER_DEFINED[number] === undefined ? null : pairTable(number)
  const page = { singles: singleTable(number, pairs), pairs }
  loaded.set(number, page)
  return page
}

function singleTable(number: CodePageNumber, pairs: Uint16Array | null): Uint16Array {
  const singles = new Uint16Array(256)
  for (let byte = 0; byte < 256; byte++) {
    const isLead = pairs?.subarray(byte << 8, (byte + 1) << 8).some((pair) => pair !== 0) ?? false
    singles[byte] = byte < 0x80 ? byte : isLead ? LEAD : singleUnit(number, byte)
  }
  return singles
}

function singleUnit(number: CodePageNumber, byte: number): number {
  return onlyUnit(iconv.decode(Buffer.from([byte]), `cp${number}`)) || bestFit(number, byte) || ESCAPE + byte
}

function bestFit(number: CodePageNumber, byte: number): number {
  const row = BEST_FIT[number]?.find(([first, last]) => byte >= first && byte <= last)
  return row === undefined ? 0 : row[2] + byte - row[0]
}

/** All pairs in one go, each followed by a separator that is never part of one. */
function pairTable(number: CodePageNumber): Uint16Array {
  const codes = Array.from({ length: 0x8000 }, (_, i) => 0x8000 + i).filter((code) => (code & 0xff) >= 0x40)
  const bytes = Buffer.from(codes.flatMap((code) => [code >> 8, code & 0xff, SEPARATOR]))
  const texts = iconv.decode(bytes, `cp${number}`).split(String.fromCharCode(SEPARATOR))
  const table = new Uint16Array(0x10000)
  for (const [i, code] of codes.entries()) table[code] = onlyUnit(texts[i]!)
  addUserDefined(number, table)
  return table
}

function addUserDefined(number: CodePageNumber, table: Uint16Array): void {
  for (const [firstLead, lastLead, firstTrail, lastTrail, first] of USER_DEFINED[number]!) {
    let point = first
    for (let lead = firstLead; lead <= lastLead; lead++) {
      for (let trail = firstTrail; trail <= lastTrail; trail++) {
        if (!isTrail(number, trail)) continue
        const code = (lead << 8) | trail
        if (table[code] === 0) table[code] = point
        point++
      }
    }
  }
}

function isTrail(number: CodePageNumber, byte: number): boolean {
  return byte !== 0x7f && !(number === 950 && byte > 0x7e && byte < 0xa1)
}

/** The code unit of a text of one known character, else 0. */
function onlyUnit(text: string): number {
  const unit = text.length === 1 ? text.charCodeAt(0) : 0
  return unit === REPLACEMENT ? 0 : unit
}
