import { describe, expect, it } from 'vitest'
import { findingsOf, planViews, queryOf } from './planned-views.ts'
import { ASCII_VIEWS, LEFT_BEHIND, VIEWS } from './view-pairs.ts'

const plan = planViews()

describe('a T-SQL view in PostgreSQL', () => {
  it.each(VIEWS)('shows the same rows: %s', (definition, query) => {
    expect(queryOf(plan, definition)).toBe(query)
    expect(findingsOf(plan, definition).filter(({ severity }) => severity !== 'info')).toEqual([])
  })

  it.each(ASCII_VIEWS)('shows the same rows for texts of ASCII, and the plan says so: %s', (definition, query) => {
    expect(queryOf(plan, definition)).toBe(query)
    expect(findingsOf(plan, definition)).toEqual([
      { severity: 'changed', message: expect.stringMatching(/^may show other rows for texts beyond ASCII: /) },
    ])
  })

  it.each(LEFT_BEHIND)('is left behind with the reason: %s', (definition, reason) => {
    expect(queryOf(plan, definition)).toBeUndefined()
    expect(findingsOf(plan, definition)).toEqual([{ severity: 'lost', message: `is left out, ${reason}` }])
  })
})
