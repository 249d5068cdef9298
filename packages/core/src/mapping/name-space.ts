import { createHash } from 'node:crypto'

/** What names an engine takes. */
export interface NameRules {
  /** The greatest length, as `lengthOf` measures it. */
  readonly longest: number
  lengthOf(name: string): number
  /** Equal for names that the engine takes for one. */
  fold(name: string): string
}

const REPLACEMENT = '\ufffd'

const NONE: ReadonlySet<string> = new Set()

/** The names of one kind within one schema or table. The same claims in the same order give the same names. */
export class NameSpace {
  private readonly rules: NameRules
  private readonly taken: ReadonlySet<string>
  private readonly given = new Set<string>()

  constructor(rules: NameRules, taken: Iterable<string> = []) {
    this.rules = rules
    this.taken = new Set(Array.from(taken, (name) => rules.fold(name)))
  }

  /**
   * The wanted name where the engine can keep it and it is free; else as much of it as fits and 8 digits of a hash of
   * `identity`, which is the object's full name in the source. `own`: names that are taken by what may be the very object, from a
   * restore before.
   */
  claim(wanted: string, identity: string = wanted, own: ReadonlySet<string> = NONE): string {
    const plain = wellFormed(wanted)
    let name = plain
    for (let attempt = 0; !this.canGive(name, own); attempt++) {
      name = this.withSuffix(plain, `_${hash(attempt === 0 ? identity : `${identity} ${attempt}`)}`)
    }
    this.given.add(this.rules.fold(name))
    return name
  }

  private canGive(name: string, own: ReadonlySet<string>): boolean {
    const { fold, lengthOf, longest } = this.rules
    if (name === '' || lengthOf(name) > longest || this.given.has(fold(name))) return false
    return !this.taken.has(fold(name)) || own.has(name)
  }

  private withSuffix(name: string, suffix: string): string {
    const { lengthOf, longest } = this.rules
    let begin = ''
    for (const character of name) {
      if (lengthOf(begin + character) > longest - suffix.length) break
      begin += character
    }
    return begin + suffix
  }
}

export type NameStyle = 'preserve' | 'lower' | 'snake_case'

/**
 * A name as a policy spells it. 'snake_case': lower case, words joined by underscores; a word begins at a capital after
 * a small letter or a digit, at the last capital of several before a small letter, and after anything that is no letter or digit.
 */
export function spellName(name: string, style: NameStyle): string {
  if (style === 'preserve') return name
  if (style === 'lower') return name.toLowerCase()
  const words = name
    .replaceAll(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, '_')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '')
    .toLowerCase()
  return /^\p{N}/u.test(words) ? `_${words}` : words || '_'
}

/** Identifiers have neither NUL nor lone surrogates. */
function wellFormed(name: string): string {
  return name.toWellFormed().replaceAll('\0', REPLACEMENT)
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}
