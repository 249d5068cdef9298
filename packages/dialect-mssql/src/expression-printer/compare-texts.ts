import { type ComparisonOperator, isEquation, type TextComparison, type TextType } from '@albackup/core'
import { CONDITION, loose, operand, refuse } from '@albackup/core/printing'
import { quoteText } from '../quote.ts'
import type { ExpressionContext } from './context.ts'
import type { Printed } from './printed.ts'

/** By the UTF-16 units of a text. Every server knows it. */
export const COLLATION = 'Latin1_General_BIN2'

/** Whether texts of that collation compare as all do that are printed, and have the same capitals: the Turkish i has others. */
export function isBinary(collation: string | undefined): boolean {
  return collation !== undefined && /^(?!turkish|azeri).*_BIN2(_UTF8)?$/i.test(collation)
}

/** A text as what is compared character by character. */
export function collated(text: Printed): Printed {
  if (text.collated) return text
  return { sql: `${operand(text)} collate ${COLLATION}`, type: text.type, tight: false, collated: 'explicit' }
}

/** Texts that one is made of: beside a column that is compared by its characters, SQL Server takes none of another collation. */
export function inOneCollation(texts: readonly Printed[]): readonly Printed[] {
  if (!texts.some((text) => text.collated === 'column')) return texts
  const isOther = ({ type, column, collated }: Printed) => type.kind === 'text' && column === true && !collated
  return texts.map((text) => (isOther(text) ? collated(text) : text))
}

/**
 * SQL Server takes texts for equal that differ in blanks at their end. Where the source does not, their lengths must be
 * equal, too.
 */
export function compareTexts(
  operator: ComparisonOperator,
  left: Printed,
  right: Printed,
  context: ExpressionContext,
): Printed {
  const { ignoresTrailingBlanks } = commonComparison([left, right])
  if (!isEquation(operator)) return refuse('texts are ordered by the rules of a collation')
  const [one, other] = left.constant === undefined ? [left, right] : [right, left]
  const isPlain = isFilter(one, ignoresTrailingBlanks, context) || ignoresTrailingBlanks
  if (!isPlain && isEmpty(other)) return loose(`datalength(${one.sql}) ${operator} 0`, CONDITION)
  const compared = (sign: string) => `${sideOf(one)} ${sign} ${sideOf(other)}`
  if (isPlain) return loose(compared(operator), CONDITION)
  const equal = `${compared('=')} and datalength(${one.sql}) = datalength(${other.sql})`
  return loose(operator === '=' ? equal : `not (${equal})`, CONDITION)
}

/** A filter compares a column as it is, and takes no heed of the length of a text. */
function isFilter(column: Printed, ignored: boolean, { purpose, blanks }: ExpressionContext): boolean {
  if (purpose !== 'filter') return false
  if (column.collated !== 'column') refuse('a filtered index compares texts by the collation of their column')
  return ignored || blanks === 'ignored' || refuse('a filtered index takes no heed of blanks at the end of texts')
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
  const found = values.map((value) => `${sideOf(text)} = ${quoteText(value)}`).join(' or ')
  if (ignoresTrailingBlanks) return loose(found, CONDITION)
  if (values.some((value) => value.endsWith(' '))) refuse('a literal ends with a blank')
  return loose(`(${found}) and datalength(${text.sql}) = datalength(rtrim(${text.sql}))`, CONDITION)
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

/** As an operand; a literal takes the collation of what it meets. */
export function sideOf(text: Printed): string {
  if (text.constant !== undefined) return operand(text)
  return text.collated === 'column' ? operand(text) : collated(text).sql
}
