import { InterruptedError } from '@albackup/core'
import { expect, it } from 'vitest'
import { ServerError, sourceError } from '../server-errors.ts'
import { CatalogViews } from './catalog.ts'
import { readComputedColumns } from './computed-columns.ts'

function catalogThatFails(error: unknown) {
  const query = async (sql: string) => {
    if (sql.includes('c.definition')) throw error
    return [{ tableId: 1, columnId: 2, definition: null, isPersisted: true }] as never
  }
  return { query, views: new CatalogViews(new Set()) }
}

it('computed columns are known also where the server cannot print what they compute', async () => {
  const failure = sourceError('cannot query database [d]', new ServerError(50000, 'unrecognized node type'))
  const computed = await readComputedColumns(catalogThatFails(failure))
  expect([...computed.values()]).toEqual([{ expression: { native: '' }, persisted: true }])
})

it('an interruption is not taken for a definition that cannot be printed', async () => {
  await expect(readComputedColumns(catalogThatFails(new InterruptedError('stopped')))).rejects.toThrow(InterruptedError)
})
