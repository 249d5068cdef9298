import { InterruptedError } from '@albackup/core'
import { liveMssql } from '@albackup/testkit/mssql-server'
import { describe, expect, it } from 'vitest'
import { connect } from './connect.ts'
import { parseConnection } from './connection-settings.ts'

const server = liveMssql()

/** Seconds of work for any server. */
const LONG = 'select count_big(*) as n from sys.all_columns a cross join sys.all_columns b'

describe.skipIf(server === undefined)('a query of the catalog', () => {
  it.each([
    ['while it runs', 200],
    ['before it begins', 0],
  ])('ends as interrupted when the job is stopped %s', async (_, after) => {
    await using database = await server!.createDatabase('r_stop')
    const controller = new AbortController()
    const context = { signal: controller.signal, warn: () => {}, debug: () => {} }
    const source = await connect(parseConnection(database.connection), context)
    if (after === 0) controller.abort()
    else setTimeout(() => controller.abort(), after)
    await expect(source.query(LONG)).rejects.toThrow(InterruptedError)
    await source.close()
  })
})
