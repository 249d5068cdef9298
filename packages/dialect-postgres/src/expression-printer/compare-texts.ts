import { type ComparisonOperator, isEquation, type TextComparison, type TextType } from '@albackup/core'
import { CONDITION, loose, operand, refuse } from '@albackup/core/printing'
import { quoteText } from '../quote.ts'
import type { ExpressionContext } from './context.ts'
import { isPrintableAscii } from './convert-constant.ts'
import type { Printed } from './printed.ts'

/**
 * Texts compare by their characters, in the collation "C", blanks at the end aside where the source ignores them. For a
 * source that compares by the rules of a language this is proven for printable ASCII only, and only for equality.
 */
export function compareTexts(
  operator: ComparisonOperator,
  left: Printed,
  right: Printed,
  context: ExpressionContext,
): Printed {
  return loose(comparedTexts(operator, left, right, context).join(` ${operator} `), CONDITION)
}

/** The two sides of such a comparison. */
export function comparedTexts(
  operator: ComparisonOperator,
  left: Printed,
  right: Printed,
  context: ExpressionContext,
): readonly [string, string] {
  const comparison = commonComparison([left, right])
  if (![left, right].every(isAscii)) requireKnown(comparison, context)
  if (!isEquation(operator) && (comparison.by === 'language' || context.text !== 'ascii')) {
    return refuse('texts are ordered by the rules of a collation')
  }
  return [side(left, comparison), side(right, comparison)]
}

/** What is equal, by its characters, for texts that are equal in the source. */
export function textKey(text: Printed, context: ExpressionContext): string {
  const comparison = commonComparison([text])
  if (!isAscii(text)) requireKnown(comparison, context)
  return side(text, comparison)
}

function isAscii({ ascii, constant }: Printed): boolean {
  return ascii ?? (constant?.type === 'text' && isPrintableAscii(constant.text))
}

/** The comparison of the texts that have one; literals take that of what they meet. */
export function commonComparison(texts: readonly Printed[]): TextComparison {
  const [first, ...others] = texts.flatMap((text) => (text.constant ? [] : [(text.type as TextType).comparison]))
  if (first === undefined) return refuse('the collation that compares the texts is not known')
  if (others.some((other) => JSON.stringify(other) !== JSON.stringify(first))) {
    return refuse('the texts have different collations')
  }
  return first
}

/** Refuses a language's rules unless texts may be taken for printable ASCII. */
export function requireKnown(comparison: TextComparison, context: ExpressionContext): void {
  if (comparison.by === 'language' && context.text !== 'ascii') {
    refuse('the texts are compared by the rules of a language')
  }
}

function side(text: Printed, comparison: TextComparison): string {
  if (text.constant?.type === 'text') return literalSide(text.constant, comparison)
  const type = text.type as TextType
  const characters = type.fixed ? `${operand(text)}::text` : text.sql
  const trimmed = comparison.ignoresTrailingBlanks ? `rtrim(${characters}, ' ')` : operand({ ...text, sql: characters })
  return comparison.caseSensitive ? `${trimmed} collate "C"` : `lower(${trimmed} collate "C")`
}

function literalSide(
  constant: { readonly text: string; readonly unicode: boolean },
  comparison: TextComparison,
): string {
  const known = isPrintableAscii(constant.text) || (comparison.by === 'characters' && constant.unicode)
  if (!known) refuse('a literal is not printable ASCII')
  const trimmed = comparison.ignoresTrailingBlanks ? constant.text.replace(/ +$/, '') : constant.text
  return quoteText(comparison.caseSensitive ? trimmed : trimmed.toLowerCase()).trimStart()
}
