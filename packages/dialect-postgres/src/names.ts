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

/**
 * A name as the policy spells it. 'snake_case': lower case, words joined by underscores; a word begins at a capital after
 * a small letter or a digit, at the last capital of several before a small letter, and after anything that is no letter or digit.
 */
export function spell(name: string, style: NameStyle): string {
  if (style === 'preserve') return name
  if (style === 'lower') return name.toLowerCase()
  const words = name
    .replaceAll(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, '_')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '')
    .toLowerCase()
  return /^\p{N}/u.test(words) ? `_${words}` : words || '_'
}

export type NameStyle = 'preserve' | 'lower' | 'snake_case'

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
