import { expect, it } from 'vitest'
import { addDescription, describeSchema, parenthesised } from './ddl.ts'

it('a description is one literal, unless a backslash at the end of a line would be lost in it', () => {
  expect(addDescription("Ann's \\ one\ntwo", 'SCHEMA', 'dbo')).toBe(
    "exec sys.sp_addextendedproperty N'MS_Description', N'Ann''s \\ one\ntwo', N'SCHEMA', N'dbo'",
  )
  expect(addDescription('C:\\in\\\nout', 'SCHEMA', 'dbo')).toBe(
    "declare @value nvarchar(4000) = N'C:\\in\\' + N'\nout'\nexec sys.sp_addextendedproperty N'MS_Description', @value, N'SCHEMA', N'dbo'",
  )
})

it('a description takes the place of one that the schema has already', () => {
  expect(
    describeSchema('new', "o'k"),
  ).toBe(`if exists (select 1 from sys.extended_properties where class = 3 and major_id = schema_id(N'o''k') and name = N'MS_Description')
  exec sys.sp_dropextendedproperty N'MS_Description', N'SCHEMA', N'o''k'
exec sys.sp_addextendedproperty N'MS_Description', N'new', N'SCHEMA', N'o''k'`)
})

it.each([
  ['([a]>(1))', '([a]>(1))'],
  ['[a]>(1)', '([a]>(1))'],
  ['(len([a]) - 1) < (9)', '((len([a]) - 1) < (9))'],
  ["([a]=')' or [b)]=1)", "([a]=')' or [b)]=1)"],
  ["('it''s (')", "('it''s (')"],
])('an expression stands in parentheses of its own: %s', (expression, expected) => {
  expect(parenthesised(expression)).toBe(expected)
})
