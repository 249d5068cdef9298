import { expect, it } from 'vitest'
import { addDescription } from './ddl.ts'

it('a description is one literal, unless a backslash at the end of a line would be lost in it', () => {
  expect(addDescription("Ann's \\ one\ntwo", 'SCHEMA', 'dbo')).toBe(
    "exec sys.sp_addextendedproperty N'MS_Description', N'Ann''s \\ one\ntwo', N'SCHEMA', N'dbo'",
  )
  expect(addDescription('C:\\in\\\nout', 'SCHEMA', 'dbo')).toBe(
    "declare @value nvarchar(4000) = N'C:\\in\\' + N'\nout'\nexec sys.sp_addextendedproperty N'MS_Description', @value, N'SCHEMA', N'dbo'",
  )
})
