import { UsageError } from '@albackup/core'
import { type ParseError, ParseErrorCode, parse } from 'jsonc-parser'

/** Throws a UsageError with file, line and column of the first mistake. */
export function parseJson(file: string, text: string): unknown {
  const errors: ParseError[] = []
  const content: unknown = parse(text, errors, { disallowComments: true, allowTrailingComma: false })
  const first = errors[0]
  if (first === undefined) return content
  const before = text.slice(0, first.offset).split('\n')
  const place = `line ${before.length}, column ${before.at(-1)!.length + 1}`
  throw new UsageError(`cannot read configuration ${file}: ${REASONS[first.error] ?? 'it is not JSON'} at ${place}`, {
    hint:
      first.error === ParseErrorCode.InvalidCommentToken
        ? 'JSON has no comments. Remove them, or move the text into a key named "comment".'
        : 'Mend the file at that place; every JSON editor shows it.',
  })
}

const REASONS: Readonly<Partial<Record<number, string>>> = {
  [ParseErrorCode.InvalidSymbol]: 'a word that is not JSON',
  [ParseErrorCode.InvalidNumberFormat]: 'a number that is not JSON',
  [ParseErrorCode.PropertyNameExpected]: 'a key in double quotes is missing',
  [ParseErrorCode.ValueExpected]: 'a value is missing',
  [ParseErrorCode.ColonExpected]: 'a colon is missing',
  [ParseErrorCode.CommaExpected]: 'a comma is missing',
  [ParseErrorCode.CloseBraceExpected]: 'a closing brace is missing',
  [ParseErrorCode.CloseBracketExpected]: 'a closing bracket is missing',
  [ParseErrorCode.EndOfFileExpected]: 'there is more after the end',
  [ParseErrorCode.InvalidCommentToken]: 'a comment',
  [ParseErrorCode.UnexpectedEndOfComment]: 'a comment without an end',
  [ParseErrorCode.UnexpectedEndOfString]: 'a text without its closing quote',
  [ParseErrorCode.UnexpectedEndOfNumber]: 'a number that breaks off',
  [ParseErrorCode.InvalidUnicode]: 'a broken \\u escape',
  [ParseErrorCode.InvalidEscapeCharacter]: 'a broken escape',
  [ParseErrorCode.InvalidCharacter]: 'a control character inside a text',
}
