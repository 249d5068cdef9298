import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type MssqlDatabase, MssqlSession, splitBatches } from '@albackup/testkit/mssql-server'

/** Databases that others have written: SQL Server scripts, read where they stand beside the project and never copied. */
export const SAMPLES = process.env.ALBACKUP_SAMPLES ?? join(import.meta.dirname, '../../shared/samples')

export function samplesAreThere(): boolean {
  if (existsSync(SAMPLES)) return true
  process.stderr.write(
    `SKIPPED: tests on sample databases; there is no folder ${SAMPLES} (ALBACKUP_SAMPLES names another)\n`,
  )
  return false
}

export type SampleName = 'northwind' | 'pubs' | 'chinook'

const SCRIPTS: Readonly<Record<SampleName, string>> = {
  northwind: 'northwind/instnwnd.sql',
  pubs: 'pubs/instpubs.sql',
  chinook: 'chinook/Chinook_SqlServer.sql',
}

/** Loads a sample into an empty database. */
export async function loadSample(name: SampleName, database: MssqlDatabase): Promise<void> {
  const script = readFileSync(join(SAMPLES, SCRIPTS[name]), 'utf8').replace(/^\ufeff/, '')
  await using session = await MssqlSession.open(database.connection)
  for (const batch of batchesOf(name, script)) await session.query(batch)
}

/** The scripts' batches without those that make or choose a database of their own. */
function batchesOf(name: SampleName, script: string): readonly string[] {
  const batches = splitBatches(adapt(name, script)).filter(
    (batch) => !/^\s*(use|create database|drop database)\s|db_name\(\)|sp_dboption|update statistics/im.test(batch),
  )
  return name === 'northwind' ? foreignKeysLast(batches) : batches
}

function adapt(name: SampleName, script: string): string {
  if (name !== 'pubs') return script
  return (
    script
      .replace(/execute sp_addtype (\w+)\s*,'([^']+)'\s*,'NOT NULL'/gi, 'create type $1 from $2 not null')
      // The live server of development has a built-in type of this name.
      .replace(/\btid\b/g, 'titleid')
  )
}

/** The script loads children before their parents, with constraints off; not every server can switch them off. */
function foreignKeysLast(batches: readonly string[]): readonly string[] {
  const added: string[] = []
  const kept = batches.map((batch) => {
    const table = /^\s*CREATE TABLE ("[^"]+")/m.exec(batch)?.[1]
    if (table === undefined) return batch
    return batch.replace(
      /,\s*(CONSTRAINT "FK_[^"]+" FOREIGN KEY\s*\([^)]*\)\s*REFERENCES "dbo"\."[^"]+"\s*\([^)]*\))/g,
      (_, constraint: string) => {
        added.push(`ALTER TABLE ${table} ADD ${constraint}`)
        return ''
      },
    )
  })
  return [...kept, ...added]
}
