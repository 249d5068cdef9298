import { type ForeignKey, fullName, type QualifiedName, type SchemaModel, type Table } from '@albackup/core'
import { allowedCascades } from './cascades.ts'

/** What is asked of the foreign keys of another engine's model as a whole. */
export class ReferencesOfModel {
  private readonly tables: ReadonlyMap<string, Table>
  private readonly referenced: ReadonlySet<string>
  private readonly cascades: ReadonlySet<ForeignKey>

  constructor(model: SchemaModel) {
    const { tables } = model
    this.tables = new Map(tables.map((table) => [fullName(table), table]))
    this.referenced = new Set(
      tables.flatMap(({ foreignKeys }) => foreignKeys.map(({ references }) => keyOf(references, references.columns))),
    )
    this.cascades = allowedCascades(model)
  }

  /** undefined: it is not in the model. */
  parentOf({ references }: ForeignKey): Table | undefined {
    return this.tables.get(fullName(references))
  }

  /** Whether a foreign key refers to these columns of the table, in whatever order. */
  isReferenced(table: QualifiedName, columns: readonly string[]): boolean {
    return this.referenced.has(keyOf(table, columns))
  }

  /** Whether SQL Server takes the actions of the key. */
  takesActions(key: ForeignKey): boolean {
    return this.cascades.has(key)
  }
}

function keyOf(table: QualifiedName, columns: readonly string[]): string {
  return [fullName(table), ...columns.toSorted()].join('\0')
}
