import { quoteText } from '../quote.ts'
import { collated, commonComparison } from './compare-texts.ts'
import type { ExpressionContext } from './context.ts'
import { CONDITION, loose, type Printed, refuse } from './printed.ts'

interface Like {
  readonly text: Printed
  readonly pattern: Printed
  readonly escape: string | null
  readonly negated: boolean
}

/** In Unicode texts blanks at the end count (Transact-SQL reference, "LIKE"). */
export function printLike({ text, pattern, negated, ...like }: Like, context: ExpressionContext): Printed {
  if (text.type.kind !== 'text' || text.constant || pattern.constant?.type !== 'text') {
    return refuse('LIKE is known for a text and a literal pattern only')
  }
  commonComparison([text])
  if (text.type.fixed) return refuse('a pattern may match the blanks that pad a text')
  const parts = patternParts(pattern.constant.text, like.escape)
  if (parts.includes('_') && context.text !== 'ascii') return refuse('a pattern counts UTF-16 units')
  return loose(`${collated(text).sql} ${negated ? 'not ' : ''}like ${quoteText(parts.join(''))}`, CONDITION)
}

/** What the escape takes the meaning of stands in a class of its own, so that no escape is needed. */
function patternParts(pattern: string, mark: string | null): readonly string[] {
  const characters = [...pattern]
  const parts: string[] = []
  for (let at = 0; at < characters.length; at++) {
    if (characters[at] !== mark) {
      if (characters[at] === '[') return refuse('a pattern has a class of characters')
      parts.push(characters[at]!)
      continue
    }
    const meant = characters[++at] ?? refuse('a pattern ends with its escape')
    parts.push('%_['.includes(meant) ? `[${meant}]` : meant)
  }
  return parts
}
