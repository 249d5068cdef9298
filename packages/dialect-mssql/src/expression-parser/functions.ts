import type { Expression, FunctionName } from '@albackup/core'
import { literalText } from './literal-texts.ts'
import { stuff } from './stuff.ts'
import { NotUnderstood } from './token-cursor.ts'

interface FunctionForm {
  readonly name: FunctionName
  /** How many arguments it takes: the least and the most. */
  readonly least: number
  readonly most: number
}

const form = (name: FunctionName, least: number, most = least): FunctionForm => ({ name, least, most })

/** T-SQL's functions that are one function of the tree, with the same arguments. */
const FUNCTIONS: ReadonlyMap<string, FunctionForm> = new Map([
  ['abs', form('abs', 1)],
  ['ceiling', form('ceiling', 1)],
  ['floor', form('floor', 1)],
  ['round', form('round', 2, 3)],
  ['sign', form('sign', 1)],
  ['sqrt', form('sqrt', 1)],
  ['square', form('square', 1)],
  ['coalesce', form('coalesce', 1, 100)],
  ['isnull', form('if-null', 2)],
  ['concat', form('concat', 2, 254)],
  ['datalength', form('byte-length', 1)],
  ['left', form('left', 2)],
  ['len', form('length', 1)],
  ['lower', form('lower', 1)],
  ['charindex', form('position', 2)],
  ['patindex', form('pattern-position', 2)],
  ['replace', form('replace', 3)],
  ['reverse', form('reverse', 1)],
  ['right', form('right', 2)],
  ['substring', form('substring', 3)],
  ['trim', form('trim', 1)],
  ['ltrim', form('trim-left', 1)],
  ['rtrim', form('trim-right', 1)],
  ['upper', form('upper', 1)],
  ['datefromparts', form('date-from-parts', 3)],
  ['eomonth', form('month-end', 1)],
  ['getdate', form('now', 0)],
  ['sysdatetime', form('now-fine', 0)],
  ['sysdatetimeoffset', form('now-offset', 0)],
  ['getutcdate', form('now-utc', 0)],
  ['sysutcdatetime', form('now-utc-fine', 0)],
  ['newid', form('new-uuid', 0)],
  ['newsequentialid', form('new-ascending-uuid', 0)],
  ['app_name', form('application-name', 0)],
  ['db_name', form('database-name', 0)],
  ['user_name', form('current-user', 0)],
  ['suser_name', form('session-user', 0)],
  ['suser_sname', form('session-user', 0)],
  ['original_login', form('session-user', 0)],
])

/** Functions that are written without parentheses. */
export const BARE_FUNCTIONS: ReadonlyMap<string, FunctionName> = new Map([
  ['current_timestamp', 'now'],
  ['current_user', 'current-user'],
  ['session_user', 'current-user'],
  ['user', 'current-user'],
  ['system_user', 'session-user'],
])

const equal = (left: Expression, right: Expression): Expression => ({ kind: 'binary', operator: '=', left, right })

const NULL: Expression = { kind: 'literal', value: { type: 'null' } }

/** T-SQL's functions that are short for a CASE, by the number of their arguments. */
export function callFunction(name: string, args: readonly Expression[]): Expression {
  const [first, second, third] = args
  if (name === 'iif' && args.length === 3) return caseOf([first!], [second!], third!)
  if (name === 'nullif' && args.length === 2) return caseOf([equal(first!, second!)], [NULL], first!)
  if (name === 'choose' && args.length >= 2) return choose(first!, args.slice(1))
  if (name === 'stuff' && args.length === 4) return stuff(args)
  if (name === 'pi' && args.length === 0) return { kind: 'literal', value: { type: 'float', digits: `${Math.PI}` } }
  if (name === 'eomonth' && args.length === 2) return monthEndAfter(first!, second!)
  const text = literalText(name, args)
  if (text !== undefined) return text
  const found = FUNCTIONS.get(name)
  if (found === undefined) throw new NotUnderstood(`its function ${name.toUpperCase()} is not known`)
  if (args.length < found.least || args.length > found.most) throw new NotUnderstood()
  return { kind: 'call', name: found.name, arguments: args }
}

/** The end of the month so many months later, whichever day of it that is. What NULL months are is not known. */
function monthEndAfter(date: Expression, months: Expression): Expression {
  const count = months.kind === 'unary' ? months.operand : months
  if (count.kind !== 'literal' || count.value.type !== 'integer') throw new NotUnderstood()
  const part: Expression = { kind: 'literal', value: { type: 'text', text: 'month', unicode: false } }
  const later: Expression = { kind: 'call', name: 'date-add', arguments: [part, months, date] }
  return { kind: 'call', name: 'month-end', arguments: [later] }
}

function caseOf(
  conditions: readonly Expression[],
  results: readonly Expression[],
  otherwise: Expression | null,
): Expression {
  return { kind: 'case', branches: conditions.map((when, index) => ({ when, result: results[index]! })), otherwise }
}

/** CHOOSE counts from one, takes the whole part of its index, and is NULL outside. */
function choose(index: Expression, values: readonly Expression[]): Expression {
  const whole: Expression = {
    kind: 'convert',
    operand: index,
    type: { kind: 'integer', bits: 32, signed: true },
    style: null,
  }
  const places = values.map((_, place) =>
    equal(whole, { kind: 'literal', value: { type: 'integer', digits: `${place + 1}` } }),
  )
  return caseOf(places, values, null)
}
