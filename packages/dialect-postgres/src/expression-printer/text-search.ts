import { INT, operand, refuse, whole } from '@albackup/core/printing'
import { quoteText } from '../quote.ts'
import { commonComparison } from './compare-texts.ts'
import type { ExpressionContext } from './context.ts'
import type { Printed } from './printed.ts'
import { keepSymbols, requireSameCount, withBlanks } from './text-functions.ts'

/** CHARINDEX of a literal that is not empty: the first finds nothing where the second finds the beginning. */
export function printPosition([searched, within]: readonly Printed[], context: ExpressionContext): Printed {
  const text = withBlanks(within!, context)
  const literal = requireSearchable(searched!, text, context)
  requireSameCount(text.type, context)
  if (!isFolded(literal, text)) return whole(`strpos(${text.sql}, ${searched!.sql})`, INT)
  return whole(`strpos(lower(${operand(text)} collate "C"), ${quoteText(literal.toLowerCase()).trimStart()})`, INT)
}

/** Whether the case of the letters that are searched makes no difference. */
function isFolded(literal: string, text: Printed): boolean {
  return /[a-z]/i.test(literal) && !commonComparison([text]).caseSensitive
}

/** REPLACE of a literal; the result may not grow, for T-SQL cuts at 8,000 bytes. */
export function printReplace([within, searched, replacement]: readonly Printed[], context: ExpressionContext): Printed {
  const text = withBlanks(within!, context)
  if (isFolded(requireSearchable(searched!, text, context), text))
    refuse('a text is replaced whatever the case of its letters')
  const literals = [searched!.constant, replacement!.constant]
  if (text.type.unit === 'bytes' && literals.some((each) => each?.type === 'text' && each.unicode)) {
    refuse('a text becomes Unicode')
  }
  const by = replacement!.constant
  if (by?.type !== 'text' || (searched!.constant as { text: string }).text.length < by.text.length) {
    return refuse('a text may grow')
  }
  const replaced = whole(`replace(${text.sql}, ${searched!.sql}, ${replacement!.sql})`, text.type)
  return by.text === '' ? keepSymbols(text, replaced) : replaced
}

/** A literal of ASCII that the source finds where PostgreSQL does, but for the case of its letters. */
function requireSearchable(searched: Printed, text: Printed, context: ExpressionContext): string {
  const literal = searched.constant?.type === 'text' ? searched.constant.text : ''
  if (!/^[\x20-\x7e]+$/.test(literal)) refuse('what is searched is no literal of ASCII')
  if (text.symbols !== undefined && !/[a-z]/i.test(literal)) return literal
  if (commonComparison([text]).by === 'language' && context.text !== 'ascii') {
    refuse('a text is searched by the rules of a language')
  }
  return literal
}
