import type { Backup } from '../backup/backup.ts'
import type { FileFacts } from '../backup/metadata.ts'
import { DamagedBackupError } from '../errors.ts'
import type { QualifiedName, Table } from '../model/schema-model.ts'
import { fullName } from '../model/scope.ts'
import type { RowBytes } from '../row/row-block.ts'
import { readTableFile } from '../table-file/read-table-file.ts'

/** The table of the model that a file holds the rows of. */
export function tableOf(backup: Backup, file: FileFacts): Table {
  const table = backup.metadata.model.tables.find((one) => one.schema === file.schema && one.name === file.table)
  if (table !== undefined) return table
  throw new DamagedBackupError(`cannot use backup ${backup.path}: the model has no table ${file.schema}.${file.table}`)
}

/** The files that hold the rows of a table. */
export function filesOf(backup: Backup, table: QualifiedName): readonly FileFacts[] {
  const files = backup.metadata.files.filter((file) => file.schema === table.schema && file.table === table.name)
  if (files.length > 0) return files
  throw new DamagedBackupError(`cannot use backup ${backup.path}: there is no file for table ${fullName(table)}`)
}

/** All rows of a table, file by file; fails when they are not as many as the metadata says. */
export async function* readTable(
  backup: Backup,
  table: QualifiedName,
  onBlock: (block: RowBytes) => void,
): AsyncIterable<RowBytes> {
  for (const facts of filesOf(backup, table)) {
    await using file = await backup.storage.open(facts.name)
    if (file === undefined) throw new DamagedBackupError(`cannot read file ${facts.name}: it is missing`)
    let rows = 0
    for await (const block of readTableFile(file, facts.name)) {
      rows += block.rows
      yield block
      onBlock(block)
    }
    if (rows !== facts.rows)
      throw new DamagedBackupError(`cannot read file ${facts.name}: it has ${rows} of ${facts.rows} rows`)
  }
}
