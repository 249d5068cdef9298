import type { DatePart, Expression, FunctionName } from '@albackup/core'
import { asCondition, asValue } from './conditions.ts'
import { atTimeZone, extracted } from './dates.ts'
import { beginning, like } from './patterns.ts'
import { parseSequenceName } from './sequence-name.ts'
import { notUnderstood } from './token-cursor.ts'
import {
  call,
  choose,
  compare,
  convert,
  integer,
  isConstant,
  isNull,
  join,
  literalInteger,
  literalText,
  NULL,
  text,
} from './tree.ts'

type Arguments = readonly Expression[]

interface FunctionForm {
  /** How many arguments it takes: the least and the most. */
  readonly least: number
  readonly most: number
  readonly build: (args: Arguments) => Expression
}

function form(least: number, most: number, build: FunctionForm['build']): FunctionForm {
  return { least, most, build }
}

function same(name: FunctionName, least: number, most = least): FunctionForm {
  return form(least, most, (args) => call(name, ...args))
}

const FUNCTIONS: ReadonlyMap<string, FunctionForm> = new Map([
  ...['abs', 'floor', 'sign', 'sqrt'].map((name) => [name, same(name as FunctionName, 1)] as const),
  ['ceil', same('ceiling', 1)],
  ['ceiling', same('ceiling', 1)],
  ['round', form(1, 2, ([value, digits = integer(0)]) => call('round', value!, digits))],
  ['trunc', form(1, 2, ([value, digits = integer(0)]) => call('round', value!, digits, integer(1)))],
  ['mod', form(2, 2, ([left, right]) => ({ kind: 'binary', operator: '%', left: left!, right: right! }))],
  ['coalesce', same('coalesce', 1, 100)],
  ['nullif', form(2, 2, ([value, none]) => choose(compare('=', value!, none!), NULL, value!))],
  ['greatest', form(1, 20, extreme('>='))],
  ['least', form(1, 20, extreme('<='))],
  ['num_nulls', form(1, 50, (args) => counted(args, 1, 0))],
  ['num_nonnulls', form(1, 50, (args) => counted(args, 0, 1))],
  ['concat', same('concat', 1, 100)],
  ['length', same('character-count', 1)],
  ['char_length', same('character-count', 1)],
  ['character_length', same('character-count', 1)],
  ['octet_length', same('byte-length', 1)],
  ['lower', same('lower', 1)],
  ['upper', same('upper', 1)],
  ['reverse', same('reverse', 1)],
  ['left', form(2, 2, partOf('left'))],
  ['right', form(2, 2, partOf('right'))],
  ['substr', form(2, 3, substring)],
  ['substring', form(2, 3, substring)],
  ['strpos', form(2, 2, ([within, searched]) => call('position', searched!, within!))],
  ['starts_with', form(2, 2, ([text, start]) => like('~~', text!, beginning(literalText(start!) ?? notUnderstood())))],
  ['replace', same('replace', 3)],
  ['btrim', form(1, 2, trim('trim'))],
  ['ltrim', form(1, 2, trim('trim-left'))],
  ['rtrim', form(1, 2, trim('trim-right'))],
  ['date', form(1, 1, ([date]) => convert(date!, { kind: 'date' }))],
  ['make_date', same('date-from-parts', 3)],
  ['date_part', form(2, 2, ([field, date]) => extracted(fieldOf(field!), date!, 'double'))],
  ['date_trunc', form(2, 2, ([field, date]) => call('date-truncate', text(unitOf(field!)), date!))],
  ['timezone', form(2, 2, ([zone, date]) => atTimeZone(zone!, date!))],
  ...['now', 'transaction_timestamp', 'statement_timestamp', 'clock_timestamp'].map(
    (name) => [name, same('now-offset', 0)] as const,
  ),
  ...['gen_random_uuid', 'uuid_generate_v4', 'uuidv4'].map((name) => [name, same('new-uuid', 0)] as const),
  ['uuidv7', same('new-ascending-uuid', 0)],
  ['nextval', form(1, 1, ([name]) => ({ kind: 'next-value', ...parseSequenceName(literalText(name!)) }))],
])

export function isFunction(name: string): boolean {
  return FUNCTIONS.has(name.toLowerCase())
}

export function callFunction(name: string, args: Arguments): Expression {
  const found = FUNCTIONS.get(name.toLowerCase())
  if (found === undefined || args.length < found.least || args.length > found.most) return notUnderstood()
  return found.build(args.map(asValue))
}

/** NULLs are left out, as long as there is another. */
function extreme(operator: '>=' | '<=') {
  return (args: Arguments): Expression =>
    args.reduce((one, other) => {
      const first = compare(operator, one, other)
      const branches = [
        ...(isConstant(one) ? [] : [{ when: isNull(one), result: other }]),
        { when: isConstant(other) ? first : join('or', isNull(other), first), result: one },
      ]
      return { kind: 'case', branches, otherwise: other }
    })
}

function counted(args: Arguments, ofNull: number, ofValue: number): Expression {
  const counts = args.map((arg) => choose(asCondition(isNull(arg)), integer(ofNull), integer(ofValue)))
  return counts.reduce((left, right) => ({ kind: 'binary', operator: '+', left, right }))
}

/** With a negative count PostgreSQL leaves that many characters out. */
function partOf(name: 'left' | 'right') {
  return ([value, count]: Arguments): Expression =>
    literalInteger(count!) === undefined ? notUnderstood() : call(name, value!, count!)
}

const TO_THE_END = integer(2147483647)

function substring([value, from, count = TO_THE_END]: Arguments): Expression {
  return literalText(from!) === undefined ? call('substring', value!, from!, count) : notUnderstood()
}

function trim(name: 'trim' | 'trim-left' | 'trim-right') {
  return ([value, characters]: Arguments): Expression =>
    characters === undefined || literalText(characters) === ' ' ? call(name, value!) : notUnderstood()
}

function fieldOf(field: Expression): string {
  return literalText(field)?.toLowerCase() ?? notUnderstood()
}

const UNITS: readonly DatePart[] = ['year', 'quarter', 'month', 'day', 'hour', 'minute', 'second']

function unitOf(field: Expression): DatePart {
  const name = fieldOf(field)
  return UNITS.find((unit) => unit === name) ?? notUnderstood()
}
