import { fullName, type QualifiedName, type Table } from '@albackup/core'
import { notUnderstood } from '../token-cursor.ts'

/** The tables and views that a query may be of, with the names of their columns. */
export class KnownRelations {
  private readonly columns = new Map<string, readonly string[]>()
  private readonly keys: ReadonlyMap<string, readonly string[]>
  private readonly parents: ReadonlySet<string>

  constructor(tables: readonly Table[]) {
    for (const table of tables) {
      this.set(
        table,
        table.columns.map(({ name }) => name),
      )
    }
    this.keys = new Map(
      tables.map((table) => [fullName(table), (table.primaryKey?.columns ?? []).map(({ name }) => name)]),
    )
    const parents = tables.flatMap(({ native }) => (native?.inherits ?? []) as unknown as readonly QualifiedName[])
    this.parents = new Set(parents.map(fullName))
  }

  set(relation: QualifiedName, columns: readonly string[]): void {
    this.columns.set(fullName(relation), columns)
  }

  /** The columns of its primary key; undefined where it has none. */
  keyOf(relation: QualifiedName): readonly string[] | undefined {
    const key = this.keys.get(fullName(relation)) ?? []
    return key.length === 0 ? undefined : key
  }

  columnsOf(relation: QualifiedName): readonly string[] {
    const name = fullName(relation)
    if (this.parents.has(name)) notUnderstood(`${name} has the rows of tables that inherit from it, too`)
    return this.columns.get(name) ?? notUnderstood(`${name} is no table or view of the backup`)
  }
}
