import { UsageError } from '@albackup/core'
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser'

/** Throws a UsageError with file, line and column of the first mistake. */
export function parseJson(file: string, text: string): unknown {
  const errors: ParseError[] = []
  const content = parseNested(file, text, errors)
  const first = errors[0]
  if (first === undefined) return content
  const before = text.slice(0, first.offset).split('\n')
  const place = `line ${before.length}, column ${before.at(-1)!.length + 1}`
  const code = printParseErrorCode(first.error)
  throw new UsageError(`cannot read configuration ${file}: ${REASONS[code] ?? 'it is not JSON'} at ${place}`, {
    hint:
      code === 'InvalidCommentToken'
        ? 'JSON has no comments. Remove them, or move the text into a key named "comment".'
        : 'Mend the file at that place; every JSON editor shows it.',
  })
}

/** The parser calls itself for each level. */
function parseNested(file: string, text: string, errors: ParseError[]): unknown {
  try {
    return parse(text, errors, { disallowComments: true, allowTrailingComma: false })
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new UsageError(`cannot read configuration ${file}: it is nested too deeply`, {
      hint: 'A configuration has three levels or four; this is another file.',
      cause,
    })
  }
}

const REASONS: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a word that is not JSON',
  InvalidNumberFormat: 'a number that is not JSON',
  PropertyNameExpected: 'a key in double quotes is missing',
  ValueExpected: 'a value is missing',
  ColonExpected: 'a colon is missing',
  CommaExpected: 'a comma is missing',
  CloseBraceExpected: 'a closing brace is missing',
  CloseBracketExpected: 'a closing bracket is missing',
  EndOfFileExpected: 'there is more after the end',
  InvalidCommentToken: 'a comment',
  UnexpectedEndOfComment: 'a comment without an end',
  UnexpectedEndOfString: 'a text without its closing quote',
  UnexpectedEndOfNumber: 'a number that breaks off',
  InvalidUnicode: 'a broken \\u escape',
  InvalidEscapeCharacter: 'a broken escape',
  InvalidCharacter: 'a control character inside a text',
}
