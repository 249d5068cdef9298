import type { Expression, LogicalType } from '@albackup/core'
import { sampleColumn, sampleModel, sampleTable } from '@albackup/testkit/sample'
import { describe, expect, it } from 'vitest'
import { planForEmpty } from '../plan.ts'
import { usePostgres } from '../testing/test-target.ts'

const openTarget = usePostgres()

const OFFSET: LogicalType = { kind: 'timestamp-offset', precision: 7 }

const call = (
  name: 'now-offset' | 'now' | 'now-utc-fine' | 'coalesce',
  ...args: readonly Expression[]
): Expression => ({
  kind: 'call',
  name,
  arguments: args,
})
const text = (value: string): Expression => ({
  kind: 'literal',
  value: { type: 'text', text: value, unicode: false },
})

const model = (...defaults: readonly Expression[]) =>
  sampleModel([
    sampleTable(
      's',
      't',
      defaults.map((meaning, i) =>
        sampleColumn(`c${i}`, OFFSET, {
          default: { name: null, systemNamed: true, expression: { native: 'd', meaning } },
        }),
      ),
    ),
  ])

describe('the default of a timestamp with its offset', () => {
  it('gives a new row the offset, too', async () => {
    await using test = await openTarget()
    const plan = await test.createTables(
      model(
        call('now-offset'),
        call('now'),
        { kind: 'convert', operand: call('now-utc-fine'), type: OFFSET, style: null },
        text('2000-01-01T00:00:00-05:30'),
        text('20000101'),
      ),
    )
    expect(await test.target.createSchema(plan, 'objects')).toEqual([])
    await test.rows(`set timezone = 'Asia/Kathmandu'; insert into s.t default values`)
    expect(await test.rows('select c0__offset, c1__offset, c2__offset, c3__offset, c4__offset from s.t')).toEqual([
      ['345', '0', '0', '-330', '0'],
    ])
    const [now] = await test.rows(
      `select c0 between now() - interval '1 minute' and now(), c3 = '2000-01-01 05:30Z' from s.t`,
    )
    expect(now).toEqual(['t', 't'])
  })

  it('is found to give none where it is not known', () => {
    const plan = (policy = {}) => planForEmpty(model(call('coalesce', call('now-offset'), call('now-offset'))), policy)
    expect(plan().findings.filter(({ kind }) => kind === 'default')).toEqual([
      {
        severity: 'changed',
        kind: 'default',
        object: 's.t.c0',
        message: 'gives no offset: new rows must give "c0__offset"',
      },
    ])
    expect(plan({ datetimeoffset: 'utc' }).findings.filter(({ kind }) => kind === 'default')).toEqual([])
  })
})
