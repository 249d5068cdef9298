import type {
  Check,
  Column,
  Default,
  ForeignKey,
  Index,
  Key,
  NativeObject,
  QualifiedName,
  SchemaModel,
  Table,
} from '../model/schema-model.ts'
import { fullName } from '../model/scope.ts'

/**
 * The schema that the statements of a plan make, under the names and in the words of the target; expressions are as the
 * statements have them, which the target's catalog may say in other words. The declaration of a type is empty where the target
 * works it out by itself. What has no comment or collation here is to have none there; of a fact of the engine's own (`native`)
 * that is not here nothing is said, and one that is null is to be absent.
 */
export type MadeSchema = Pick<SchemaModel, 'schemas' | 'types' | 'sequences' | 'tables' | 'modules' | 'objects'> & {
  /** Objects of the engine's own that would change a part of the plan, and that nothing makes: a comment on a view. */
  readonly absent?: readonly Pick<NativeObject, 'kind' | 'name'>[]
  /** Kinds of objects of the engine's own of which one more is nothing added: a table has an owner without anybody saying so. */
  readonly unsaid?: readonly string[]
}

/** Two texts of the same thing that are not letter by letter the same; the target tells whether they mean the same. */
export interface TextPair {
  readonly aspect: 'type' | 'collation' | 'default' | 'computed value' | 'condition' | 'filter' | 'definition' | 'text'
  /** What it belongs to, as the target has it; null: no table. */
  readonly table: QualifiedName | null
  /** Of a default or a computed value: the type of its column, as the target declares it. */
  readonly type?: string
  readonly planned: string
  readonly found: string
}

/** true: the same. false: not. null: that cannot be told. */
export type TextVerdict = boolean | null

type MadeTable = { -readonly [K in keyof Table]: Table[K] }

/** A made schema that grows while its statements are decided. */
export class SchemaDraft {
  readonly schemas: SchemaModel['schemas'][number][] = []
  readonly types: SchemaModel['types'][number][] = []
  readonly sequences: SchemaModel['sequences'][number][] = []
  readonly modules: SchemaModel['modules'][number][] = []
  readonly objects: NativeObject[] = []
  private readonly tables = new Map<string, MadeTable>()

  table({ schema, name }: QualifiedName, columns: readonly Column[]): void {
    const parts = { uniqueKeys: [], foreignKeys: [], checks: [], indexes: [] }
    this.tables.set(fullName({ schema, name }), { schema, name, columns, ...parts })
  }

  key(table: QualifiedName, kind: 'primary key' | 'unique key', key: Key): void {
    const made = this.of(table)
    if (kind === 'primary key') made.primaryKey = key
    else made.uniqueKeys = [...made.uniqueKeys, key]
  }

  index(table: QualifiedName, index: Index): void {
    const made = this.of(table)
    made.indexes = [...made.indexes, index]
  }

  check(table: QualifiedName, check: Check): void {
    const made = this.of(table)
    made.checks = [...made.checks, check]
  }

  foreignKey(table: QualifiedName, key: ForeignKey): void {
    const made = this.of(table)
    made.foreignKeys = [...made.foreignKeys, key]
  }

  default(table: QualifiedName, column: string, value: Default): void {
    this.changeColumn(table, column, { default: value })
  }

  comment(table: QualifiedName, comment: string): void {
    this.of(table).comment = comment
  }

  columnComment(table: QualifiedName, column: string, comment: string): void {
    this.changeColumn(table, column, { comment })
  }

  get made(): MadeSchema {
    const { schemas, types, sequences, modules, objects } = this
    return { schemas, types, sequences, tables: [...this.tables.values()], modules, objects }
  }

  private changeColumn(table: QualifiedName, name: string, changes: Partial<Column>): void {
    const made = this.of(table)
    made.columns = made.columns.map((column) => (column.name === name ? { ...column, ...changes } : column))
  }

  private of(table: QualifiedName): MadeTable {
    const made = this.tables.get(fullName(table))
    if (made === undefined) throw new TypeError(`no statement makes table ${fullName(table)}`)
    return made
  }
}
