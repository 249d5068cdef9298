import { expect, it } from 'vitest'
import { changedAspects, judgeChanges } from './changed-part.ts'

const PLACE = { table: 's.t', kind: 'column', name: 'a', pairs: { table: { schema: 's', name: 't' } } } as never

it.each([
  [{ collation: '"dbo"."ignore_case"' }, { collation: 'dbo.ignore_case' }, 0],
  [{ collation: '"dbo"."ignore_case"' }, { collation: 'dbo.other' }, 1],
  [{ collation: '"dbo"."ignore_case"' }, { collation: null }, 1],
  [{ collation: null }, { collation: 'dbo.other' }, 0],
])('a name is the same whether or not it is quoted: %j and %j', (planned, found, changes) => {
  expect(changedAspects(planned, found, PLACE)).toHaveLength(changes)
})

it('shows no two values that look alike when they are cut', async () => {
  const [planned, found] = ['one', 'two'].map((end) => ({ partitions: `${'x'.repeat(200)}${end}` }))
  const { changed } = await judgeChanges(changedAspects(planned!, found!, PLACE), {})
  expect(changed.map(({ sentence }) => sentence)).toEqual([
    'table s.t: column a differs in partitions between the target and the plan',
  ])
})
