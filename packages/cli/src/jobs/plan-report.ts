import {
  type BackupPlan,
  type Finding,
  fullName,
  type PlannedColumn,
  type PlannedExpression,
  type PlannedTable,
  type RestorePlan,
  storedColumns,
  type Table,
} from '@albackup/core'

/** The object of `plan --json`. */
export interface PlanReport {
  readonly backup: string
  /** The target, without its password; `an empty PostgreSQL database` when none was connected to. */
  readonly target: string
  readonly tables: readonly TableReport[]
  readonly findings: readonly Finding[]
  readonly expressions: readonly PlannedExpression[]
  readonly statements: RestorePlan['statements']
  /** What a restore would drop or overwrite. */
  readonly existing: readonly string[]
  readonly byHand: BackupPlan['byHand']
  readonly rows: number
  /** How many rows the findings about values are from. */
  readonly rowsRead: number
  readonly seconds: number
}

export interface TableReport {
  /** In the source: `schema.table`. */
  readonly source: string
  /** In the target, as the target writes it where it was asked. */
  readonly target: string
  readonly rows: number
  /** Of the rows in the backup, uncompressed. */
  readonly bytes: number
  readonly columns: readonly ColumnReport[]
  readonly references: readonly ReferenceReport[]
}

export interface ColumnReport {
  readonly source: string
  /** The type in the words of the source. */
  readonly native: string
  readonly target: string
  readonly type: string
  readonly companion?: PlannedColumn['companion']
  /** The target has no such column. */
  readonly omitted?: true
  readonly nullable: boolean
  readonly exact: boolean
  readonly reason: string
  /** Part of the primary key. */
  readonly key: boolean
  /** The source counts it. */
  readonly identity?: true
}

/** A foreign key, in the names of the source. */
export interface ReferenceReport {
  readonly name: string
  readonly columns: readonly string[]
  readonly references: string
}

/** `i`: the table's place in the plan; `quote`: as the target writes a full name. */
export function reportTable(
  table: PlannedTable,
  { sizes }: BackupPlan,
  i: number,
  quote: (...parts: readonly string[]) => string,
): TableReport {
  const { source } = table
  return {
    source: fullName(source),
    target: quote(table.schema, table.name),
    ...sizes[i]!,
    columns: storedColumns(source).map((_, at) => reportColumn(source, table.columns[at]!)),
    references: source.foreignKeys.map(({ name, columns, references }) => ({
      name,
      columns,
      references: fullName(references),
    })),
  }
}

function reportColumn(
  table: Table,
  { source, name, type, companion, omitted, exact, reason }: PlannedColumn,
): ColumnReport {
  return {
    source: source.name,
    native: source.native.declaration,
    target: name,
    type,
    ...(companion !== undefined && { companion }),
    ...(omitted && { omitted }),
    nullable: source.nullable,
    exact,
    reason,
    key: table.primaryKey?.columns.some((column) => column.name === source.name) ?? false,
    ...(source.identity !== undefined && { identity: true }),
  }
}
