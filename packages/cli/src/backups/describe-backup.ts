import { basename } from 'node:path'
import {
  type Backup,
  type BackupScope,
  type BackupSource,
  type Codec,
  type Consistency,
  type LeftBehind,
  type ReplicationChoice,
  type ReplicationFacts,
  replicationTitle,
} from '@albackup/core'
import { alignColumns } from '../reporter/align-columns.ts'
import { formatBytes, formatCount } from '../reporter/quantities.ts'

/** One line of `list`. */
export interface BackupLine {
  readonly name: string
  /** The path. */
  readonly backup: string
  readonly ended: string
  readonly source: BackupSource
  readonly tables: number
  readonly rows: number
  /** Of the table files on disk. */
  readonly bytes: number
}

/** The object of `show --json`. */
export interface BackupDescription extends Omit<BackupLine, 'tables'> {
  readonly begun: string
  readonly toolVersion: string
  readonly codec: Codec
  readonly consistency: Consistency
  readonly tables: readonly TableDescription[]
  /** null: everything. */
  readonly scope: BackupScope | null
  /** By what the database was replicated, and what of that the backup holds; empty: by nothing that was found. */
  readonly replication: readonly ReplicationFacts[]
  readonly leftBehind: readonly LeftBehind[]
}

export interface TableDescription {
  /** `schema.table` in the source. */
  readonly table: string
  readonly rows: number
  readonly bytes: number
  readonly files: readonly string[]
}

export function summariseBackup({ path, metadata }: Backup): BackupLine {
  const { ended, source, files, model } = metadata
  return {
    name: basename(path),
    backup: path,
    ended,
    source,
    tables: model.tables.length,
    rows: files.reduce((sum, file) => sum + file.rows, 0),
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
  }
}

export function describeBackup(backup: Backup): BackupDescription {
  const { begun, toolVersion, codec, consistency, scope = null, replication = [], model, files } = backup.metadata
  const tables = model.tables.map(({ schema, name }) => {
    const own = files.filter((file) => file.schema === schema && file.table === name)
    return {
      table: `${schema}.${name}`,
      rows: own.reduce((sum, file) => sum + file.rows, 0),
      bytes: own.reduce((sum, file) => sum + file.bytes, 0),
      files: own.map((file) => file.name),
    }
  })
  return {
    ...summariseBackup(backup),
    begun,
    toolVersion,
    codec,
    consistency,
    scope,
    replication,
    tables,
    leftBehind: model.leftBehind,
  }
}

const CONTENT = { all: 'schema and rows', schema: 'the schema without rows', data: 'rows, without the schema' } as const

function scopeLines(scope: BackupScope | null): readonly string[] {
  if (scope === null) return []
  const { content, include, exclude, where = [] } = scope
  const parts = [
    CONTENT[content],
    ...(include.length === 0 ? [] : [`only ${include.join(', ')}`]),
    ...(exclude.length === 0 ? [] : [`without ${exclude.join(', ')}`]),
    ...where.map(({ table, predicate }) => `of ${table} only where ${predicate}`),
  ]
  return [`  scope        ${parts.join('; ')}`]
}

const REPLICATION: Readonly<Record<ReplicationChoice, string>> = {
  auto: 'its configuration, which a restore brings back on request',
  keep: 'everything of it',
  none: 'nothing of it',
}

function replicationLines(replication: readonly ReplicationFacts[]): readonly string[] {
  return replication.map((facts) => `  replication  ${replicationTitle(facts)}: ${REPLICATION[facts.choice]}`)
}

/** What, when, from where; the tables; what was left behind. */
export function descriptionLines(description: BackupDescription): readonly string[] {
  const { source, consistency, tables, leftBehind } = description
  const { product, version, edition } = source.server
  return [
    description.backup,
    `  database     ${source.database} on ${source.host} (${source.dialect})`,
    `  server       ${[product, version, edition].filter((part) => part !== null).join(', ')}`,
    `  taken        ${description.begun} to ${description.ended}, by albackup ${description.toolVersion}`,
    `  consistency  ${consistency.level}: ${consistency.verdict}`,
    ...scopeLines(description.scope),
    ...replicationLines(description.replication),
    `  files        ${formatBytes(description.bytes)}, codec ${description.codec}`,
    '',
    ...alignColumns('lrr', [
      ['table', 'rows', 'size'],
      ...tables.map(({ table, rows, bytes }) => [table, formatCount(rows), formatBytes(bytes)]),
      [`${tables.length} in all`, formatCount(description.rows), formatBytes(description.bytes)],
    ]),
    ...(leftBehind.length === 0 ? [] : ['', 'left behind']),
    ...leftBehind.map(({ kind, name, reason }) => `  ${kind} ${name}: ${reason}`),
  ]
}
