import type { ConnectionSettings } from '@albackup/core'
import { encodeRows, fullName } from '@albackup/core'
import type { PreparedSource } from '@albackup/testkit/conformance'
import { ORPHANS, sampleDatabase, withOrphans } from '@albackup/testkit/sample'
import { postgres } from '../index.ts'

/**
 * The sample database of the testkit as this dialect restores it, with rows that have no parent: its foreign keys are made NOT VALID.
 */
export async function prepareSource(connection: ConnectionSettings): Promise<PreparedSource> {
  const { model, rows } = withOrphans(sampleDatabase())
  const context = { signal: new AbortController().signal, warn() {}, debug() {} }
  await using target = await postgres.openTarget!(postgres.parseConnection(connection), context)
  const plan = await target.plan(model, {})
  await target.createSchema(plan, 'tables')
  for (const planned of plan.tables) {
    const cells = rows.get(fullName(planned.source)) ?? []
    await target.bulkLoad(planned, encodeRows(planned.source, cells), { refuseLoss: false })
  }
  for (const part of ['keys', 'references', 'values', 'objects'] as const) await target.createSchema(plan, part)
  return { connection, orphans: ORPHANS }
}
