import type { CaseBranch, Expression } from '@albackup/core'
import type { Parse } from './arrays.ts'
import { asCondition, asValue } from './conditions.ts'
import { extracted } from './dates.ts'
import { callFunction } from './functions.ts'
import { notUnderstood, type TokenCursor } from './token-cursor.ts'
import { call, compare, convert, text } from './tree.ts'

/** What follows words whose arguments are not a list of expressions. */
export const SPECIAL_FORMS: ReadonlyMap<string, (cursor: TokenCursor, parse: Parse) => Expression> = new Map([
  ['case', parseCase],
  ['coalesce', named('coalesce')],
  ['nullif', named('nullif')],
  ['greatest', named('greatest')],
  ['least', named('least')],
  ['extract', parseExtract],
  ['position', parsePosition],
  ['substring', parseSubstring],
  ['trim', parseTrim],
  ['array', parseEmptyArray],
])

function named(name: string) {
  return (cursor: TokenCursor, parse: Parse): Expression => {
    cursor.expect('(')
    return callFunction(
      name,
      cursor.list(() => parse(cursor)),
    )
  }
}

/** A CASE with an operand compares it with each value. */
function parseCase(cursor: TokenCursor, parse: Parse): Expression {
  const operand = cursor.sees('when') ? undefined : asValue(parse(cursor))
  const branches: CaseBranch[] = []
  while (cursor.accept('when')) {
    const tested = parse(cursor)
    cursor.expect('then')
    const when = operand === undefined ? asCondition(tested) : compare('=', operand, asValue(tested))
    branches.push({ when, result: asValue(parse(cursor)) })
  }
  const otherwise = cursor.accept('else') ? asValue(parse(cursor)) : null
  cursor.expect('end')
  return branches.length === 0 ? notUnderstood() : { kind: 'case', branches, otherwise }
}

function parseExtract(cursor: TokenCursor, parse: Parse): Expression {
  cursor.expect('(')
  const field = cursor.take().text.toLowerCase()
  cursor.expect('from')
  const date = parse(cursor)
  cursor.expect(')')
  return extracted(field, date, 'numeric')
}

/** `POSITION(('x'::text) IN (name))`. */
function parsePosition(cursor: TokenCursor, parse: Parse): Expression {
  cursor.expect('(')
  const searched = parse(cursor)
  cursor.expect('in')
  const within = parse(cursor)
  cursor.expect(')')
  return call('position', searched, within)
}

/** `SUBSTRING(name FROM 1 FOR 3)`. */
function parseSubstring(cursor: TokenCursor, parse: Parse): Expression {
  cursor.expect('(')
  const args = [parse(cursor)]
  if (cursor.accept('from')) args.push(parse(cursor))
  if (cursor.accept('for')) args.push(parse(cursor))
  cursor.expect(')')
  return callFunction('substring', args)
}

const TRIMS = { both: 'btrim', leading: 'ltrim', trailing: 'rtrim' } as const

/** `TRIM(BOTH FROM name)`. */
function parseTrim(cursor: TokenCursor, parse: Parse): Expression {
  cursor.expect('(')
  const side = cursor.acceptOneOf(['both', 'leading', 'trailing']) ?? 'both'
  const trimmed = cursor.sees('from') ? [] : [parse(cursor)]
  cursor.expect('from')
  const args = [parse(cursor), ...trimmed]
  cursor.expect(')')
  return callFunction(TRIMS[side], args)
}

/** An array stands in a backup as its text. */
function parseEmptyArray(cursor: TokenCursor): Expression {
  cursor.expect('[', ']')
  return text('{}')
}

/** Words that are functions without parentheses. */
export const BARE_WORDS: ReadonlyMap<string, (cursor: TokenCursor) => Expression> = new Map([
  ['current_date', () => convert(call('now-fine'), { kind: 'date' })],
  [
    'current_timestamp',
    precisely((precision) => convert(call('now-offset'), { kind: 'instant', precision }), call('now-offset')),
  ],
  [
    'localtimestamp',
    precisely((precision) => convert(call('now-fine'), { kind: 'timestamp', precision }), call('now-fine')),
  ],
  ['localtime', () => convert(call('now-fine'), { kind: 'time', precision: 6 })],
  ['current_user', () => call('current-user')],
  ['current_role', () => call('current-user')],
  ['user', () => call('current-user')],
  ['session_user', () => call('session-user')],
])

function precisely(rounded: (precision: number) => Expression, fully: Expression) {
  return (cursor: TokenCursor): Expression => {
    if (!cursor.accept('(')) return fully
    const precision = Number(cursor.take().text)
    cursor.expect(')')
    return rounded(precision)
  }
}
