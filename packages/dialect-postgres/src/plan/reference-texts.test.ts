import type { LogicalType } from '@albackup/core'
import { sampleColumn, sampleForeignKey, sampleKey, sampleModel, sampleTable } from '@albackup/testkit/sample'
import { describe, expect, it } from 'vitest'
import { usePostgres } from '../testing/test-target.ts'

const openTarget = usePostgres()

const CASELESS: LogicalType = {
  ...{ kind: 'text', length: 5, unit: 'bytes', fixed: false },
  comparison: { by: 'language', caseSensitive: false, ignoresTrailingBlanks: true },
}

const model = sampleModel([
  sampleTable('s', 'city', [sampleColumn('country', CASELESS)], {
    foreignKeys: [sampleForeignKey('fk', ['country'], { schema: 's', name: 'country', columns: ['code'] })],
  }),
  sampleTable('s', 'country', [sampleColumn('code', CASELESS)], { primaryKey: sampleKey('pk', 'code') }),
])

describe('a foreign key over texts that the source takes for the same whatever their case', () => {
  it.each([
    ['none', true],
    ['lower', true],
    ['citext', false],
    ['icu', false],
  ] as const)('finds the same parents as far as the mapping sees to it: %s', async (ignoreCase, reported) => {
    await using test = await openTarget()
    const plan = await test.createTables(model, { text: { ignoreCase } })
    const [city, country] = plan.tables
    await test.load(country!, [['De']])
    await test.load(city!, [['DE'], ['de'], ['De']])
    const messages = plan.findings.filter(({ kind }) => kind === 'foreign key').map(({ message }) => message)
    expect(messages.map((message) => message.split(',')[0])).toEqual(
      reported ? ['tells upper from lower case in country'] : [],
    )
    await test.target.createSchema(plan, 'keys')
    const broken: (readonly [string, number])[] = []
    for await (const { foreignKey, rows } of test.target.checkRI(plan)) broken.push([foreignKey, rows])
    expect(broken).toEqual(reported ? [['fk', 2]] : [])
    const kept = await test.target.createSchema(plan, 'references')
    expect(kept.map(({ object }) => object)).toEqual(reported ? ['s.city.fk'] : [])
  })
})
