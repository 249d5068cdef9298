import type { Expression, Literal, LogicalType } from '@albackup/core'
import { describe, expect, it } from 'vitest'
import {
  type ContextColumn,
  type ExpressionContext,
  printExpression,
  translateExpression,
} from './expression-printer.ts'

const INT: LogicalType = { kind: 'integer', bits: 32, signed: true }
const BOOLEAN: LogicalType = { kind: 'boolean' }
const TEXT: LogicalType = { kind: 'text', length: 20, unit: 'utf16', fixed: false }

const contextColumn = (logical: LogicalType, type: string, name = 'a'): ContextColumn => ({ name, logical, type })

const context = (
  purpose: ExpressionContext['purpose'],
  column: ContextColumn = contextColumn(INT, 'integer'),
  more: Partial<ExpressionContext> = {},
): ExpressionContext => ({ purpose, column: (name) => (name === 'a' ? column : undefined), ...more })

const literal = (value: Literal): Expression => ({ kind: 'literal', value })
const one = literal({ type: 'integer', digits: '1' })
const a: Expression = { kind: 'column', name: 'a' }
const equals = (left: Expression, right: Expression): Expression => ({ kind: 'binary', operator: '=', left, right })
const call = (name: 'now' | 'now-offset' | 'new-uuid'): Expression => ({ kind: 'call', name, arguments: [] })
const nextValue: Expression = { kind: 'next-value', schema: null, name: 'q' }

describe('printExpression', () => {
  it("names columns as the target's context does", () => {
    const renamed = contextColumn(INT, 'integer', 'order "a"')
    expect(printExpression(equals(a, one), context('check', renamed))).toBe('"order ""a""" = 1')
  })

  it('takes a bit for a boolean only where the target does', () => {
    expect(printExpression(equals(a, one), context('check', contextColumn(BOOLEAN, 'boolean')))).toBe('"a" = true')
    expect(printExpression(equals(a, one), context('check', contextColumn(BOOLEAN, 'smallint')))).toBeUndefined()
  })

  it("reads the clock in the source's zone when it is known", () => {
    const target = contextColumn({ kind: 'timestamp', precision: 3 }, 'timestamp(3)')
    expect(printExpression(call('now'), context('default', target, { target }))).toBe(
      'statement_timestamp()::timestamp',
    )
    expect(printExpression(call('now'), context('default', target, { target, timeZone: "Europe/L'viv" }))).toBe(
      "(statement_timestamp() at time zone 'Europe/L''viv')",
    )
  })

  it('refuses what is not immutable where it must be', () => {
    for (const expression of [call('now'), call('now-offset'), call('new-uuid'), nextValue]) {
      expect(translateExpression(expression, context('computed', undefined, { sequence: () => '"q"' }))).toEqual({
        reason: 'it depends on the clock, the session or a sequence',
      })
    }
  })

  it('names sequences as the context does, and refuses those that are not there', () => {
    const sequence = (schema: string | null, name: string) => `"${schema ?? 'own'}"."${name}'s"`
    expect(printExpression(nextValue, context('default', undefined, { sequence }))).toBe(`nextval('"own"."q''s"')`)
    expect(translateExpression(nextValue, context('default'))).toEqual({
      reason: 'the sequence q is not in the target',
    })
  })

  it('refuses a column that is not there', () => {
    expect(translateExpression(equals({ kind: 'column', name: 'b' }, one), context('check'))).toEqual({
      reason: 'the column b is not in the target',
    })
  })

  it('keeps conditions and values apart', () => {
    expect(printExpression(a, context('check'))).toBeUndefined()
    expect(printExpression(equals(a, one), context('computed'))).toBeUndefined()
  })

  it('refuses to compare texts whose collation is not known', () => {
    const text = literal({ type: 'text', text: 'x', unicode: true })
    const column = contextColumn(TEXT, 'varchar(20)')
    expect(printExpression(equals(a, text), context('check', column, { text: 'ascii' }))).toBeUndefined()
  })

  it('gives NULL where the source may fail for a row that is there', () => {
    const quotient: Expression = { kind: 'binary', operator: '%', left: a, right: a }
    const text = contextColumn(TEXT, 'varchar(20)', 't')
    const part: Expression = {
      ...{ kind: 'call', name: 'substring' },
      arguments: [{ kind: 'column', name: 't' }, one, { kind: 'binary', operator: '-', left: a, right: one }],
    }
    const lenient = (expression: Expression) =>
      printExpression(expression, {
        ...{ purpose: 'computed', text: 'ascii', lenient: true },
        column: (name) => (name === 't' ? text : contextColumn(INT, 'integer')),
      })
    expect(lenient(quotient)).toBe('"a" % nullif("a", 0)')
    expect(lenient({ ...quotient, right: one } as Expression)).toBe('"a" % 1')
    expect(lenient(part)).toBe('substring("t", 1, nullif(greatest("a" - 1, -1), -1))')
    expect(lenient({ kind: 'call', name: 'left', arguments: [{ kind: 'column', name: 't' }, a] })).toBe(
      'left("t", nullif(greatest("a", -1), -1))',
    )
  })

  it('compares no datetime with a datetime2 of as many digits', () => {
    const datetime = { kind: 'timestamp', precision: 3, step: '1/300 second' } as const
    const columns = {
      a: contextColumn(datetime, 'timestamp(3)'),
      b: contextColumn({ kind: 'timestamp', precision: 3 }, 'timestamp(3)'),
    }
    const where: ExpressionContext = { purpose: 'check', column: (name) => columns[name as 'a' | 'b'] }
    const b: Expression = { kind: 'column', name: 'b' }
    expect([printExpression(equals(a, b), where), printExpression(equals(b, a), where)]).toEqual([undefined, undefined])
    expect(printExpression(equals(a, a), where)).toBe('"a" = "a"')
  })

  it.each([
    ['numeric(10, 2)', '"a"::text'],
    ['numeric(10,2)', '"a"::text'],
    ['numeric(12, 3)', '"a"::numeric(10, 2)::text'],
    ['numeric', '"a"::numeric(10, 2)::text'],
  ])('writes a decimal with the digits of its type where the target has %s', (type, sql) => {
    const asText: Expression = { kind: 'convert', operand: a, type: TEXT, style: null }
    const column = contextColumn({ kind: 'decimal', precision: 10, scale: 2 }, type)
    expect(printExpression(asText, context('check', column, { purpose: 'computed' }))).toBe(sql)
  })

  it('asks of a column of any type whether it is null', () => {
    const isNull: Expression = { kind: 'is-null', operand: a, negated: true }
    expect(printExpression(isNull, context('check', contextColumn({ kind: 'xml' }, 'xml')))).toBe('"a" is not null')
  })

  it('rounds the clock to the second where a type has no more', () => {
    const target = contextColumn({ kind: 'timestamp', precision: 0 }, 'timestamp(0)')
    expect(printExpression(call('now'), context('default', target, { target }))).toBe(
      'statement_timestamp()::timestamp::timestamp(0)',
    )
  })
})
