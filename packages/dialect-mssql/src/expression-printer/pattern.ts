import { CONDITION, loose, refuse } from '@albackup/core/printing'
import { quoteText } from '../quote.ts'
import { collated, commonComparison, compareTexts } from './compare-texts.ts'
import type { ExpressionContext } from './context.ts'
import type { Printed } from './printed.ts'

interface Like {
  readonly text: Printed
  readonly pattern: Printed
  readonly escape: string | null
  readonly negated: boolean
  readonly ascii?: true
}

/** In Unicode texts blanks at the end count (Transact-SQL reference, "LIKE"). */
export function printLike({ text, pattern, negated, ...like }: Like, context: ExpressionContext): Printed {
  if (text.type.kind !== 'text' || text.constant || pattern.constant?.type !== 'text') {
    return refuse('LIKE is known for a text and a literal pattern only')
  }
  commonComparison([text])
  if (text.type.fixed) return refuse('a pattern may match the blanks that pad a text')
  const parts = patternParts(pattern.constant.text, like.escape)
  if (like.ascii && context.text !== 'ascii') return refuse('a class of characters depends on the locale')
  // A pattern without a wildcard may be taken for a comparison, in which blanks at the end would not count.
  const isPlain = parts.join('') === pattern.constant.text && !parts.some((part) => /^[%_[]/.test(part))
  if (isPlain) return compareTexts(negated ? '<>' : '=', text, pattern, context)
  if (countsUnits(parts) && context.text !== 'ascii') return refuse('a pattern counts UTF-16 units')
  return loose(`${collated(text).sql} ${negated ? 'not ' : ''}like ${quoteText(parts.join(''))}`, CONDITION)
}

/** Whether half of a character could be taken for one; which does not matter where any is looked for. */
function countsUnits(parts: readonly string[]): boolean {
  const isSearch = parts.length === 3 && parts[0] === '%' && parts[2] === '%'
  return parts.some((part) => part === '_' || (part.startsWith('[^') && !isSearch))
}

const CLASS = /\[\^?[^[\]^]+\]/y

/** What the escape takes the meaning of stands in a class of its own, so that no escape is needed. */
function patternParts(pattern: string, mark: string | null): readonly string[] {
  const parts: string[] = []
  for (let at = 0; at < pattern.length; ) {
    const [part, length] = partAt(pattern, at, mark)
    parts.push(part)
    at += length
  }
  return parts
}

function partAt(pattern: string, at: number, mark: string | null): readonly [part: string, length: number] {
  const character = String.fromCodePoint(pattern.codePointAt(at)!)
  if (character === mark) {
    const meant = pattern[at + 1] ?? refuse('a pattern ends with its escape')
    return ['%_['.includes(meant) ? `[${meant}]` : meant, 2]
  }
  if (character !== '[') return [character, character.length]
  CLASS.lastIndex = at
  const found = CLASS.exec(pattern)?.[0]
  if (found === undefined || (mark !== null && found.includes(mark)))
    return refuse('a pattern has a class of its own kind')
  return [found, found.length]
}
