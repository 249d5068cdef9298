import type { TextType } from '@albackup/core'
import { CONDITION, loose, operand, refuse } from '@albackup/core/printing'
import { quoteText } from '../quote.ts'
import { commonComparison, requireKnown } from './compare-texts.ts'
import type { ExpressionContext } from './context.ts'
import { isPrintableAscii } from './convert-constant.ts'
import { type PatternPart, readPattern } from './pattern-parts.ts'
import type { Printed } from './printed.ts'

interface Like {
  readonly text: Printed
  readonly pattern: Printed
  readonly escape: string | null
  readonly negated: boolean
}

/**
 * LIKE with a literal pattern, as a regular expression in the collation "C". Where neither side is Unicode, T-SQL lets blanks
 * at the text's end pass; where one is, they count.
 */
export function printLike(like: Like, context: ExpressionContext): Printed {
  const { text, pattern } = like
  if (text.type.kind !== 'text' || text.constant || pattern.constant?.type !== 'text') {
    return refuse('LIKE is known for a text and a literal pattern only')
  }
  const comparison = commonComparison([text])
  requireKnown(comparison, context)
  if (!isPrintableAscii(pattern.constant.text)) return refuse('a pattern is not printable ASCII')
  const parts = readPattern(pattern.constant.text, like.escape, comparison)
  const unicode = text.type.unit === 'utf16' || pattern.constant.unicode
  requireWholeCharacters(parts, text.type, context)
  if (text.type.fixed) requireNoBlank(parts, unicode)
  const regex = `^${regexOf(parts)}${unicode ? '' : ' *'}$`
  const characters = text.type.fixed ? `${operand(text)}::text` : operand(text)
  return loose(
    `${characters} collate "C" ${like.negated ? '!~' : '~'} ${quoteText(simplify(regex)).trimStart()}`,
    CONDITION,
  )
}

/** A UTF-16 source may see half of a character where PostgreSQL sees one. */
function requireWholeCharacters(parts: readonly PatternPart[], type: TextType, context: ExpressionContext): void {
  if (type.unit === 'utf16' && context.text !== 'ascii' && parts.some((part) => part.matches === 'one')) {
    refuse('a pattern counts UTF-16 units')
  }
}

/** PostgreSQL drops the blanks that pad a text, so a pattern may not ask for one. */
function requireNoBlank(parts: readonly PatternPart[], unicode: boolean): void {
  if (unicode || parts.some((part) => part.matches === 'one' || part.matches === 'blank')) {
    refuse('a pattern may match the blanks that pad a text')
  }
}

function regexOf(parts: readonly PatternPart[]): string {
  const runs: { regex: string; times: number }[] = []
  for (const { regex } of parts) {
    const last = runs.at(-1)
    if (last?.regex === regex && regex !== '.*') last.times++
    else if (last?.regex !== regex) runs.push({ regex, times: 1 })
  }
  return runs.map(({ regex, times }) => (times > 2 ? `${regex}{${times}}` : regex.repeat(times))).join('')
}

/** Without what matches anything at either end. */
function simplify(regex: string): string {
  return regex.replace(/(^|[^\\])\.\*(?: \*)?\$$/, '$1').replace(/^\^\.\*/, '')
}
