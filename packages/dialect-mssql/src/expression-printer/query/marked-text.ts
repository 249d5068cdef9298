import { operand, refuse } from '@albackup/core/printing'
import { quoteText } from '../../quote.ts'
import { collated, commonComparison } from '../compare-texts.ts'
import { cast, type Printed } from '../printed.ts'

/** What follows a text, so that blanks at its end are not at the end any more. */
const MARK = '.'

/** Beyond, what is joined is cut unless one of the texts is of any length. */
const LONGEST_JOINED = 4000

/** A text as one that is equal to others where the source takes them for equal. `ignored`: it does so whatever blanks they end with. */
export function markedText(text: Printed, ignored = ignoresBlanks(text)): string {
  const { constant, type } = text
  if (constant?.type === 'text') return quoteText(ignored ? constant.text : constant.text + MARK)
  if (type.kind !== 'text') return refuse(`${type.kind} stands for a text`)
  if (ignored) return collated(text).sql
  const isLong = type.length !== null && 2 * type.length >= LONGEST_JOINED
  return `${operand(collated(isLong ? { ...text, ...cast(text, 'nvarchar(max)', type) } : text))} + ${quoteText(MARK)}`
}

function ignoresBlanks(text: Printed): boolean {
  return text.constant === undefined && commonComparison([text]).ignoresTrailingBlanks
}
