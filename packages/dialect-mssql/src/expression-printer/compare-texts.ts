import type { ComparisonOperator, TextComparison, TextType } from '@albackup/core'
import { quoteText } from '../quote.ts'
import { CONDITION, loose, operand, type Printed, refuse } from './printed.ts'

/** By the UTF-16 units of a text, whatever the column's own collation is. */
const COLLATION = 'Latin1_General_BIN2'

/** A text as what is compared character by character. */
export function collated(text: Printed): Printed {
  if (text.collated) return text
  return { sql: `${operand(text)} collate ${COLLATION}`, type: text.type, tight: false, collated: true }
}

/**
 * SQL Server takes texts for equal that differ in blanks at their end. Where the source does not, their lengths must be
 * equal, too.
 */
export function compareTexts(operator: ComparisonOperator, left: Printed, right: Printed): Printed {
  const { ignoresTrailingBlanks } = commonComparison([left, right])
  if (operator !== '=' && operator !== '<>') return refuse('texts are ordered by the rules of a collation')
  const [one, other] = left.constant === undefined ? [left, right] : [right, left]
  if (!ignoresTrailingBlanks && isEmpty(other)) return loose(`datalength(${one.sql}) ${operator} 0`, CONDITION)
  const same = `${collated(one).sql} = ${sideOf(other)}`
  const equal = ignoresTrailingBlanks ? same : `${same} and datalength(${one.sql}) = datalength(${other.sql})`
  if (operator === '=') return loose(equal, CONDITION)
  return loose(ignoresTrailingBlanks ? `${collated(one).sql} <> ${sideOf(other)}` : `not (${equal})`, CONDITION)
}

function isEmpty({ constant }: Printed): boolean {
  return constant?.type === 'text' && constant.text === ''
}

/** A text is one of some literals. */
export function oneOfTexts(text: Printed, literals: readonly Printed[]): Printed {
  const { ignoresTrailingBlanks } = commonComparison([text])
  const values = literals.map(({ constant }) =>
    constant?.type === 'text' ? constant.text : refuse('a value is no text'),
  )
  if (!ignoresTrailingBlanks && values.some((value) => value.endsWith(' '))) refuse('a literal ends with a blank')
  const found = `${collated(text).sql} in (${values.map((value) => quoteText(value)).join(', ')})`
  if (ignoresTrailingBlanks) return loose(found, CONDITION)
  return loose(`${found} and datalength(${text.sql}) = datalength(rtrim(${text.sql}))`, CONDITION)
}

/** The comparison of the texts that have one; literals take that of what they meet. */
export function commonComparison(texts: readonly Printed[]): TextComparison {
  const [first, ...others] = texts.flatMap((text) => (text.constant ? [] : [(text.type as TextType).comparison]))
  if (first === undefined) return refuse('how its texts compare is not known')
  if (first.by !== 'characters' || !first.caseSensitive)
    return refuse('the texts are compared by the rules of a language')
  if (others.some((other) => JSON.stringify(other) !== JSON.stringify(first))) {
    return refuse('the texts compare by different rules')
  }
  return first
}

function sideOf(text: Printed): string {
  return text.constant === undefined ? collated(text).sql : operand(text)
}
