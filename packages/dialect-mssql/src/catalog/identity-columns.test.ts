import { SourceError } from '@albackup/core'
import { expect, it } from 'vitest'
import { type Answer, scriptedCatalog } from '../testing/scripted-catalog.ts'
import { readIdentityColumns } from './identity-columns.ts'

const row = (tableId: number, seed: string | null) => ({
  ...{ tableId, columnId: 1, seed, increment: seed, current: seed },
})

const byQuotedNames = (seed: string | null): Answer => [/replace\(/, [{ ...row(2, seed), table: '"s"."a""b"' }]]
const byNames: Answer = [/quotename/, [row(1, '5'), row(2, null)]]
const used = (tableId: number, isUsed: boolean, notForReplication = false) => ({ tableId, isUsed, notForReplication })

it('asks by another form of the name for identities that a server does not find', async () => {
  const found = await readIdentityColumns(scriptedCatalog(byQuotedNames('7'), byNames))
  expect([...found].map(([key, { seed, increment }]) => [key, seed, increment])).toEqual([
    ['1 1', '5', '5'],
    ['2 1', '7', '7'],
  ])
})

it('knows which have given out a value, also where a server has several rows for one table', async () => {
  const rows = [used(1, false), used(2, false, true), used(2, true, true)]
  const answers: readonly Answer[] = [
    [/quotename/, [row(1, '5'), row(2, '7')]],
    [/from sys\.identity_columns/, rows],
  ]
  expect([...(await readIdentityColumns(scriptedCatalog(...answers))).values()]).toEqual([
    { seed: '5', increment: '5', lastValue: null },
    { seed: '7', increment: '7', lastValue: '7', native: { notForReplication: true } },
  ])
})

it('fails rather than to keep an identity that nobody knows', async () => {
  const reading = readIdentityColumns(scriptedCatalog(byQuotedNames(null), byNames))
  await expect(reading).rejects.toThrow(
    new SourceError('cannot read the identity of table "s"."a""b": the server does not tell its seed'),
  )
})
