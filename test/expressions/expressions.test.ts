import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseExpression } from '../../packages/dialect-mssql/src/expression-parser.ts'
import { SAMPLES } from '../samples.ts'
import {
  ASCII_CHECKS,
  ASCII_COMPUTED,
  ASCII_FILTERS,
  CHECKS,
  COMPUTED,
  DEFAULTS,
  FILTERS,
  NOT_UNDERSTOOD,
  REFUSED,
} from './pairs.ts'
import { translated } from './translated.ts'

describe('a T-SQL expression in PostgreSQL', () => {
  it.each(DEFAULTS)('is right as the default of %s: %s', (target, native, postgres) => {
    expect(translated(native, { purpose: 'default', target })).toBe(postgres)
  })

  it.each(CHECKS)('is right as a check: %s', (native, postgres) => {
    expect(translated(native, { purpose: 'check' })).toBe(postgres)
  })

  it.each(COMPUTED)('is right as a computed column: %s', (native, postgres) => {
    expect(translated(native, { purpose: 'computed' })).toBe(postgres)
  })

  it.each(FILTERS)('is right as a filter: %s', (native, postgres) => {
    expect(translated(native, { purpose: 'filter' })).toBe(postgres)
  })

  const ascii = [
    ...ASCII_CHECKS.map((pair) => ['check', ...pair] as const),
    ...ASCII_COMPUTED.map((pair) => ['computed', ...pair] as const),
    ...ASCII_FILTERS.map((pair) => ['filter', ...pair] as const),
  ]
  it.each(ascii)('is printed for texts of ASCII only, as a %s: %s', (purpose, native, postgres) => {
    expect(translated(native, { purpose, text: 'ascii' })).toBe(postgres)
    expect(translated(native, { purpose })).toHaveProperty('reason')
  })

  it.each(REFUSED)('is refused with a reason, as a %s for %s: %s', (purpose, target, native, reason) => {
    expect(translated(native, { purpose, target, text: 'ascii' })).toHaveProperty('reason')
    expect(translated(native, { purpose, target })).toEqual({ reason })
  })

  it.each(NOT_UNDERSTOOD)('is not understood: %s', (native) => {
    expect(parseExpression(native)).toBeUndefined()
  })
})

const FACTS = join(SAMPLES, 'efcore/catalog-facts.json')
if (!existsSync(FACTS)) process.stderr.write(`SKIPPED: tests on stored catalog texts; there is no file ${FACTS}\n`)

describe.skipIf(!existsSync(FACTS))('the catalog texts of a real SQL Server', () => {
  it('are understood, all of them', () => {
    expect(catalogTexts().filter((text) => parseExpression(text) === undefined)).toEqual([])
  })
})

function catalogTexts(): readonly string[] {
  const { cases } = JSON.parse(readFileSync(FACTS, 'utf8')) as {
    readonly cases: readonly {
      readonly facts: readonly { readonly property: string; readonly value: string | null }[]
    }[]
  }
  const facts = cases.flatMap((each) => each.facts)
  const expressions = facts.filter(({ property }) => /DefaultValueSql|ComputedColumnSql|Filter/.test(property))
  return expressions.flatMap(({ value }) => (value === null ? [] : [value]))
}
