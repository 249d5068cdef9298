import type { DatePart, Expression } from '@albackup/core'
import { notUnderstood, type TokenCursor } from './token-cursor.ts'
import { call, integer, text } from './tree.ts'

type Step = readonly [part: DatePart, count: number]

const UNIT = /^(-?\d+) (year|mon|day)s?(?: |$)/
const TIME = /^(-?)(\d+):(\d\d):(\d\d)$/
const PARTS = { year: 'year', mon: 'month', day: 'day' } as const

/** Takes `'1 mon 2 days'::interval` if it comes next. */
export function acceptInterval(cursor: TokenCursor): readonly Step[] | undefined {
  const token = cursor.peek()
  if (token.kind !== 'text' || cursor.peek(1).text !== '::' || cursor.peek(2).text.toLowerCase() !== 'interval') {
    return undefined
  }
  cursor.take()
  cursor.expect('::', 'interval')
  return cursor.sees('(') ? notUnderstood() : readInterval(token.text)
}

/** In PostgreSQL's own style: months first, then days, then the time, as it adds them. */
function readInterval(interval: string): readonly Step[] {
  const steps: Step[] = []
  let rest = interval
  for (let match = UNIT.exec(rest); match !== null; match = UNIT.exec(rest)) {
    steps.push([PARTS[match[2] as keyof typeof PARTS], Number(match[1])])
    rest = rest.slice(match[0].length)
  }
  if (rest !== '') steps.push(...timeSteps(rest))
  return steps.length === 0 ? notUnderstood() : withMonths(steps)
}

/** Years and months are added at once: in between might stand the end of a shorter month. */
function withMonths(steps: readonly Step[]): readonly Step[] {
  const [[first, years], [second, months]] = [steps[0]!, steps[1] ?? NO_STEP]
  return first === 'year' && second === 'month' ? [['month', years * 12 + months], ...steps.slice(2)] : steps
}

const NO_STEP: Step = ['day', 0]

function timeSteps(time: string): readonly Step[] {
  const [, minus, ...numbers] = TIME.exec(time) ?? notUnderstood()
  const [hours, minutes, seconds] = numbers.map((each) => Number(each) * (minus === '-' ? -1 : 1))
  const all: readonly Step[] = [
    ['hour', hours!],
    ['minute', minutes!],
    ['second', seconds!],
  ]
  return all.filter(([, count]) => count !== 0)
}

/** A date and that much more, or less, which is a timestamp. */
export function shift(date: Expression, steps: readonly Step[], sign: 1 | -1): Expression {
  const moment = call('as-timestamp', date)
  return steps.reduce((from, [part, count]) => call('date-add', text(part), integer(count * sign), from), moment)
}
