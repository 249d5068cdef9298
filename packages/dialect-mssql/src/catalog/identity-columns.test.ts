import { SourceError } from '@albackup/core'
import { expect, it } from 'vitest'
import { type Answer, scriptedCatalog } from '../testing/scripted-catalog.ts'
import { readIdentityColumns } from './identity-columns.ts'

const row = (tableId: number, seed: string | null) => ({
  ...{ tableId, columnId: 1, seed, increment: seed, lastValue: null, notForReplication: false },
})

const byQuotedNames = (seed: string | null): Answer => [/replace\(/, [{ ...row(2, seed), table: '"s"."a""b"' }]]
const byNames: Answer = [/quotename/, [row(1, '5'), row(2, null)]]

it('asks by another form of the name for identities that a server does not find', async () => {
  const found = await readIdentityColumns(scriptedCatalog(byQuotedNames('7'), byNames))
  expect([...found].map(([key, { seed, increment }]) => [key, seed, increment])).toEqual([
    ['1 1', '5', '5'],
    ['2 1', '7', '7'],
  ])
})

it('fails rather than to keep an identity that nobody knows', async () => {
  const reading = readIdentityColumns(scriptedCatalog(byQuotedNames(null), byNames))
  await expect(reading).rejects.toThrow(
    new SourceError('cannot read the identity of table "s"."a""b": the server does not tell its seed'),
  )
})
