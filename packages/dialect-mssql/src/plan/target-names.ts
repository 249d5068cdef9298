import type { NameSpace, QualifiedName } from '@albackup/core'
import type { MssqlPolicy } from '../policy.ts'
import { quote } from '../quote.ts'
import type { MigratedNames } from './migration/names.ts'

/** A part of a statement that is no name to look at: a text, a comment. */
const SKIPPED = /'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//.source
const NAME = /\[(?:[^\]]|\]\])*\]|"(?:[^"]|"")*"|[\p{L}_#@][\p{L}\p{N}_#@$]*/u.source
const PARTS = new RegExp(`${SKIPPED}|(?<![.\\p{L}\\p{N}_#@$\\]"])(${NAME})(?=\\s*\\.)`, 'gu')

/**
 * Names of the source as the target has them. Of SQL Server's own all are kept, except for schemas that the policy renames; of
 * another engine they are as `migrated` says.
 */
export class TargetNames {
  private readonly schemas: ReadonlyMap<string, string>
  private readonly migrated: MigratedNames | undefined

  constructor({ schemas }: Pick<MssqlPolicy, 'schemas'>, migrated?: MigratedNames) {
    this.schemas = new Map(Object.entries(schemas).map(([from, to]) => [from.toLowerCase(), to]))
    this.migrated = migrated
  }

  get renames(): boolean {
    return this.schemas.size > 0
  }

  schema(name: string): string {
    return this.migrated?.schema(name) ?? this.schemas.get(name.toLowerCase()) ?? name
  }

  of<T extends QualifiedName>({ schema, name }: T): QualifiedName {
    return this.migrated?.of({ schema, name }) ?? { schema: this.schema(schema), name }
  }

  /** The full name, as statements have it. */
  full(name: QualifiedName): string {
    const target = this.of(name)
    return quote(target.schema, target.name)
  }

  /** The name of a table's column. */
  column(table: QualifiedName, name: string): string {
    return this.migrated?.column(table, name) ?? name
  }

  /** What a schema is to be called, whether or not the target can have that name. */
  wantedSchema(name: string): string {
    return this.migrated?.wantedSchema(name) ?? this.schema(name)
  }

  /** What the policy wants a table, column or sequence to be called. */
  wanted(object: string, name: string): string {
    return this.migrated?.wanted(object, name) ?? name
  }

  /** For names within a query, of which none is taken yet but those; of another engine's backup alone. */
  nameSpace(taken?: readonly string[]): NameSpace {
    if (this.migrated === undefined) throw new TypeError('the names of SQL Server are kept')
    return this.migrated.nameSpace(taken)
  }

  /** A name for a constraint of the table that is free in its schema. */
  constraint(table: QualifiedName, wanted: string): string {
    return this.migrated?.claimConstraint(table, wanted) ?? wanted
  }

  /** A name for an index that is free in its table. */
  index(table: QualifiedName, wanted: string): string {
    return this.migrated?.claimIndex(table, wanted) ?? wanted
  }

  /** Source text with the renamed schemas under their new names, where they stand in front of a point. */
  text(sql: string): string {
    if (!this.renames) return sql
    return sql.replace(PARTS, (found: string, name: string | undefined) => {
      const renamed = name === undefined ? undefined : this.schemas.get(unquoted(name).toLowerCase())
      return renamed === undefined ? found : quote(renamed)
    })
  }
}

function unquoted(name: string): string {
  if (name.startsWith('[')) return name.slice(1, -1).replaceAll(']]', ']')
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name
}
