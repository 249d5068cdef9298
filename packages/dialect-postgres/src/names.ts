import { createHash } from 'node:crypto'

/** Identifiers are cut at this many bytes, silently (NAMEDATALEN - 1). */
const LONGEST_NAME = 63

/** Columns every table has (PostgreSQL manual, "System Columns"). */
const SYSTEM_COLUMNS = ['tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid']

const REPLACEMENT = '\ufffd'

/**
 * The names of one kind within one schema or table. Names are always quoted, so only case-sensitive equality collides. The
 * same claims in the same order give the same names.
 */
export class NameSpace {
  private readonly taken: Set<string>

  constructor(taken: Iterable<string> = []) {
    this.taken = new Set(taken)
  }

  /**
   * The wanted name where PostgreSQL can keep it and it is free; else as much of it as fits and 8 digits of a hash of
   * `identity`, which is the object's full name in the source.
   */
  claim(wanted: string, identity: string = wanted): string {
    const plain = wellFormed(wanted)
    let name = plain
    for (let attempt = 0; this.taken.has(name) || name === '' || Buffer.byteLength(name) > LONGEST_NAME; attempt++) {
      name = withSuffix(plain, `_${hash(attempt === 0 ? identity : `${identity} ${attempt}`)}`)
    }
    this.taken.add(name)
    return name
  }
}

/** The names of a table's columns; no name of a system column is given out. */
export function columnNames(): NameSpace {
  return new NameSpace(SYSTEM_COLUMNS)
}

/** A schema's name in the target: names that begin with pg_ belong to the server. */
export function schemaName(wanted: string): string {
  return new NameSpace().claim(wanted.startsWith('pg_') ? `_${wanted}` : wanted)
}

/** Identifiers have neither NUL nor lone surrogates. */
function wellFormed(name: string): string {
  return name.toWellFormed().replaceAll('\0', REPLACEMENT)
}

function withSuffix(name: string, suffix: string): string {
  let begin = ''
  for (const character of name) {
    if (Buffer.byteLength(begin + character) > LONGEST_NAME - suffix.length) break
    begin += character
  }
  return begin + suffix
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}
