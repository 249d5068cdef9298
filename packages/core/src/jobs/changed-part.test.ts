import { expect, it } from 'vitest'
import { type ChangedPlace, changedAspects, judgeChanges } from './changed-part.ts'

const PLACE: ChangedPlace = { table: 's.t', kind: 'column', name: 'a', pairs: { table: { schema: 's', name: 't' } } }

it.each([
  [{ collation: '"dbo"."ignore_case"' }, { collation: 'dbo.ignore_case' }, 0],
  [{ collation: '"dbo"."ignore_case"' }, { collation: 'dbo.other' }, 1],
  [{ collation: '"dbo"."ignore_case"' }, { collation: null }, 1],
  [{ collation: null }, { collation: 'dbo.other' }, 1],
])('a name is the same whether or not it is quoted: %j and %j', (planned, found, changes) => {
  expect(changedAspects(planned, found, PLACE)).toHaveLength(changes)
})

it('takes a comment that the plan does not make for a difference, unless it is that of a schema', () => {
  const said = (kind: string) => changedAspects({ comment: null }, { comment: 'x' }, { ...PLACE, kind })
  expect(said('column')).toHaveLength(1)
  expect(said('schema')).toEqual([])
})

it('shows no two values that look alike when they are cut', async () => {
  const [planned, found] = ['one', 'two'].map((end) => ({ partitions: `${'x'.repeat(200)}${end}` }))
  const { changed } = await judgeChanges(changedAspects(planned!, found!, PLACE), {})
  expect(changed.map(({ sentence }) => sentence)).toEqual([
    'table s.t: column a differs in partitions between the target and the plan',
  ])
})
