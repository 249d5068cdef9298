import type { TextComparison } from '@albackup/core'
import { refuse } from '@albackup/core/printing'

/** A piece of a LIKE pattern as a regular expression. */
export interface PatternPart {
  readonly regex: string
  /** 'one': any one character, or all but a few; 'blank': a blank; 'any': any text; 'known': one of a few characters. */
  readonly matches: 'one' | 'blank' | 'any' | 'known'
}

/** The pieces of a T-SQL pattern of printable ASCII (Transact-SQL reference, LIKE). */
export function readPattern(
  pattern: string,
  escaping: string | null,
  comparison: TextComparison,
): readonly PatternPart[] {
  const parts: PatternPart[] = []
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!
    if (character === escaping) {
      at++
      if (at === pattern.length) refuse('a pattern ends with its escape character')
      parts.push(literal(pattern[at]!, comparison))
    } else if (character === '%') parts.push({ regex: '.*', matches: 'any' })
    else if (character === '_') parts.push({ regex: '.', matches: 'one' })
    else if (character === '[') {
      const end = pattern.indexOf(']', at + 1)
      if (end === -1) refuse('a class of a pattern has no end')
      parts.push(classOf(pattern.slice(at + 1, end), escaping, comparison))
      at = end
    } else parts.push(literal(character, comparison))
  }
  return parts
}

function literal(character: string, comparison: TextComparison): PatternPart {
  if (character === ' ') return { regex: ' ', matches: 'blank' }
  const letter = !comparison.caseSensitive && /[a-z]/i.test(character)
  const regex = letter ? `[${character.toUpperCase()}${character.toLowerCase()}]` : character.replace(/\W/, quoteSign)
  return { regex, matches: 'known' }
}

/** Signs that mean nothing to a regular expression stay as they are. */
function quoteSign(sign: string): string {
  return '.*+?()[]{}|^$\\'.includes(sign) ? `\\${sign}` : sign
}

/** What stands between brackets: characters and ranges. */
function classOf(body: string, escaping: string | null, comparison: TextComparison): PatternPart {
  const negated = body.startsWith('^')
  const members = negated ? body.slice(1) : body
  if (members === '' || (escaping !== null && members.includes(escaping)))
    refuse('a class of a pattern is not understood')
  let regex = ''
  for (let at = 0; at < members.length; at++) {
    if (members[at + 1] === '-' && at + 2 < members.length) {
      regex += range(members[at]!, members[at + 2]!, comparison)
      at += 2
    } else regex += member(members[at]!, comparison)
  }
  const matches = negated ? 'one' : members.includes(' ') ? 'blank' : 'known'
  return { regex: `[${negated ? '^' : ''}${regex}]`, matches }
}

function member(character: string, comparison: TextComparison): string {
  if (!comparison.caseSensitive && /[a-z]/i.test(character)) return character.toUpperCase() + character.toLowerCase()
  return '\\]^-['.includes(character) ? `\\${character}` : character
}

/** Digits and letters are in the same order everywhere; whether `[A-Z]` holds `b` depends on how a language mixes the cases. */
function range(from: string, to: string, comparison: TextComparison): string {
  const digits = /^\d\d$/.test(from + to)
  const letters = /^([a-z]{2}|[A-Z]{2})$/.test(from + to)
  const known = digits || (letters && (comparison.by === 'characters' || !comparison.caseSensitive))
  if (!known || from > to) refuse('a range of a pattern depends on a collation')
  if (digits || comparison.caseSensitive) return `${from}-${to}`
  return `${from.toUpperCase()}-${to.toUpperCase()}${from.toLowerCase()}-${to.toLowerCase()}`
}
