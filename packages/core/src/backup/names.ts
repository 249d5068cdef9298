import { createHash } from 'node:crypto'
import type { QualifiedName } from '../model/schema-model.ts'

/** File systems allow 255 bytes; what is left over is for suffixes. */
const LONGEST_NAME = 200
const LONGEST_DATABASE = 130
const LONGEST_HOST = LONGEST_NAME - LONGEST_DATABASE
const RESERVED_ON_WINDOWS = /^(con|prn|aux|nul|com\d|lpt\d)$/i

export const METADATA_NAME = '_metadata.json'

/** `<db>@<host>--<UTC yyyymmdd-hhmm>`; what is too long in it is cut as in a file's name. */
export function backupName(database: string, host: string, begun: Date): string {
  const [date, time] = begun.toISOString().split('T') as [string, string]
  return `${placeName(database, host)}--${date.replaceAll('-', '')}-${time.slice(0, 5).replace(':', '')}`
}

/** `<db>@<host>.json`, as in the name of a backup. */
export function metaCacheName(database: string, host: string): string {
  return `${placeName(database, host)}.json`
}

function placeName(database: string, host: string): string {
  return `${shortened(encodePart(database), LONGEST_DATABASE)}@${shortened(encodePart(host, '.:'), LONGEST_HOST)}`
}

/**
 * The file name of each table, in order: `schema.table.avro`. Letters and digits of any script stay, other characters are
 * percent-encoded as UTF-8; names that are too long are cut and get a piece of their hash; names that a file system may
 * take for the same get a number.
 */
export function tableFileNames(tables: readonly QualifiedName[]): readonly string[] {
  const taken = new Set<string>()
  return tables.map(({ schema, name }) => {
    const base = shortened(`${encodePart(schema)}.${encodePart(name)}`, LONGEST_NAME)
    let unique = base
    for (let n = 2; taken.has(folded(unique)); n++) unique = `${base}~${n}`
    taken.add(folded(unique))
    return `${unique}.avro`
  })
}

function encodePart(part: string, allowed = ''): string {
  const encoded = part
    .toWellFormed()
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}_-]/gu, (character) => (allowed.includes(character) ? character : percent(character)))
  return RESERVED_ON_WINDOWS.test(encoded) ? percent(encoded[0]!) + encoded.slice(1) : encoded
}

function percent(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
}

function shortened(name: string, longest: number): string {
  if (Buffer.byteLength(name) <= longest) return name
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8)
  let cut = name
  while (Buffer.byteLength(cut) > longest) cut = cut.slice(0, -1)
  return `${cut.replace(/%.?$/, '').toWellFormed()}~${hash}`
}

function folded(name: string): string {
  return name.normalize('NFKC').toLowerCase()
}
