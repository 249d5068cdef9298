import { describe, expect, it } from 'vitest'
import {
  ASCII_CHECKS,
  ASCII_COMPUTED,
  ASCII_DEFAULTS,
  CHECKS,
  COMPUTED,
  DEFAULTS,
  FILTERS,
  NOT_UNDERSTOOD,
  PLAIN_CHECKS,
  REFUSED,
} from './pairs.ts'
import { translated } from './translated.ts'

describe('an expression of PostgreSQL in T-SQL', () => {
  it.each(DEFAULTS)('is right as the default of %s: %s', (target, _, catalog, sql) => {
    expect(translated(catalog, { purpose: 'default', target })).toBe(sql)
  })

  it.each(CHECKS)('is right as a check: %s', (_, catalog, sql) => {
    expect(translated(catalog, { purpose: 'check' })).toBe(sql)
  })

  it.each(PLAIN_CHECKS)('is right where texts have the collation of the database: %s', (_, catalog, sql) => {
    expect(translated(catalog, { purpose: 'check', collation: null })).toBe(sql)
  })

  it.each(COMPUTED)('is right as a computed column of the type of %s: %s', (target, _, catalog, sql) => {
    expect(translated(catalog, { purpose: 'computed', target })).toBe(sql)
  })

  it.each(FILTERS)('is right as a filter: %s', (_, catalog, sql) => {
    expect(translated(catalog, { purpose: 'filter' })).toBe(sql)
  })

  const ascii = [
    ...ASCII_DEFAULTS.map((pair) => ['default', ...pair] as const),
    ...ASCII_COMPUTED.map((pair) => ['computed', ...pair] as const),
    ...ASCII_CHECKS.map(([written, catalog, sql]) => ['check', undefined, written, catalog, sql] as const),
  ]
  it.each(ascii)('is printed for texts of ASCII only, as a %s of %s: %s', (purpose, target, _, catalog, sql) => {
    const place = { purpose, ...(target && { target }) }
    expect(translated(catalog, { ...place, text: 'ascii' })).toBe(sql)
    expect(translated(catalog, place)).toHaveProperty('reason')
  })

  it.each(REFUSED)('is refused with a reason, as a %s of %s: %s', (purpose, target, _, catalog, reason) => {
    const place = { purpose, ...(target && { target }) }
    expect(translated(catalog, { ...place, text: 'ascii' })).toHaveProperty('reason')
    expect(translated(catalog, place)).toEqual({ reason })
  })

  it.each(NOT_UNDERSTOOD)('is not understood, as a %s of %s: %s', (purpose, target, _, catalog) => {
    expect(translated(catalog, { purpose, ...(target && { target }) })).toEqual({ reason: 'not understood' })
  })
})
