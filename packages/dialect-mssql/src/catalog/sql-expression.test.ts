import { expect, it } from 'vitest'
import { sqlExpression } from './sql-expression.ts'

it.each([
  ["(email ~~* '%@%')", "(email like '%@%')"],
  ["(code !~~ 'x%')", "(code not like 'x%')"],
  ["([a ~~ b]<>' ~~ ' AND \"c ~~ d\" !~~* 'it''s ~~ %')", "([a ~~ b]<>' ~~ ' AND \"c ~~ d\" not like 'it''s ~~ %')"],
  ['((~~[a])=(1))', '((~~[a])=(1))'],
])('%s has the words %s', (printed, native) => {
  expect(sqlExpression(printed).native).toBe(native)
})

it('has a meaning where it is understood', () => {
  expect(sqlExpression("(email ~~* '%@%')").meaning).toEqual(sqlExpression("(email like '%@%')").meaning)
  expect(sqlExpression("(email ~~* '%@%')").meaning).toBeDefined()
})
