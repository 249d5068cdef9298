import { operand, refuse } from '@albackup/core/printing'
import { quoteText } from '../../quote.ts'
import { collated, commonComparison } from '../compare-texts.ts'
import { cast, type Printed } from '../printed.ts'

/** What follows a text, so that blanks at its end are not at the end any more. */
const MARK = '.'

/** Beyond, what is joined is cut unless one of the texts is of any length. */
const LONGEST_JOINED = 4000

/** A text as one that is equal to others where the source takes them for equal. */
export function markedText(text: Printed): string {
  const { constant, type } = text
  if (constant?.type === 'text') return quoteText(constant.text + MARK)
  if (type.kind !== 'text') return refuse(`${type.kind} stands for a text`)
  if (commonComparison([text]).ignoresTrailingBlanks) return collated(text).sql
  const isLong = type.length !== null && 2 * type.length >= LONGEST_JOINED
  return `${operand(collated(isLong ? { ...text, ...cast(text, 'nvarchar(max)', type) } : text))} + ${quoteText(MARK)}`
}
