import {
  fullName,
  type Module,
  type QualifiedName,
  type SchemaModel,
  spellName as spell,
  type Table,
  UsageError,
  WantedNames,
} from '@albackup/core'
import type { Relation, TargetFacts } from '../catalog/target-facts.ts'
import type { TableName } from '../ddl.ts'
import { columnNames, NameSpace, schemaName } from '../names.ts'
import type { PostgresPolicy } from '../policy.ts'

const HINT = 'Names have at most 63 bytes and are unique within a schema or table; those of system columns are taken.'

/**
 * What everything is called in the target. Tables and columns have their names from the beginning; constraints, indexes,
 * sequences and domains claim theirs one after another, so the order of claims is part of the plan.
 */
export class TargetNames extends WantedNames {
  private readonly schemas = new Map<string, string>()
  private readonly tables = new Map<string, TableName>()
  private readonly views = new Map<string, TableName>()
  private readonly columns = new Map<string, ReadonlyMap<string, string>>()
  private readonly relations = new Map<string, NameSpace>()
  private readonly columnSpaces = new Map<string, NameSpace>()
  private readonly constraintSpaces = new Map<string, NameSpace>()

  constructor(
    model: SchemaModel,
    schemas: ReadonlyMap<string, string>,
    policy: Pick<PostgresPolicy, 'names' | 'rename'>,
    target: TargetFacts,
  ) {
    super(policy, HINT)
    this.schemas = new Map(schemas)
    const tableSpaces = new Map<string, NameSpace>()
    for (const table of this.renamedFirst(model.tables, fullName)) {
      const schema = this.schema(table.schema)
      const name = this.claimWanted(spaceOf(tableSpaces, schema), fullName(table), table.name, key(table))
      this.tables.set(key(table), { schema, name })
      this.claimColumns(table)
    }
    for (const view of this.renamedFirst(understoodViews(model), fullName)) {
      const schema = this.schema(view.schema)
      const name = this.claimWanted(spaceOf(tableSpaces, schema), fullName(view), view.name, key(view))
      this.views.set(key(view), { schema, name })
    }
    for (const schema of new Set(this.schemas.values())) {
      this.relations.set(schema, new NameSpace(this.namesThatStay(schema, target)))
    }
  }

  schema(name: string): string {
    return this.schemas.get(name) ?? schemaName(this.spell(name))
  }

  /** Undefined for a table that the backup does not have. */
  table(name: QualifiedName): TableName | undefined {
    return this.tables.get(key(name))
  }

  /** Of a view whose text is understood. */
  view(name: QualifiedName): TableName {
    return this.views.get(key(name))!
  }

  /** The names of a planned table's columns, computed ones too, by their names in the source. */
  columnsOf(table: QualifiedName): ReadonlyMap<string, string> {
    return this.columns.get(key(table)) ?? new Map()
  }

  /** A name for another column of the table. */
  claimColumn(table: QualifiedName, wanted: string): string {
    return spaceOf(this.columnSpaces, key(table)).claim(wanted)
  }

  /** A name for a constraint of the table that has no index. */
  claimConstraint(table: QualifiedName, wanted: string): string {
    return spaceOf(this.constraintSpaces, key(table)).claim(this.spell(wanted), `${key(table)}\0${wanted}`)
  }

  /** A name for a key, which is a constraint of the table and an index of the schema. */
  claimKey(table: QualifiedName, wanted: string): string {
    const name = this.claimRelation(this.schema(table.schema), wanted, `${key(table)}\0${wanted}`)
    return this.claimConstraint(table, name)
  }

  /**
   * A name for an index, a sequence or a domain, which share one space with the tables of a schema. `own`: names of what is there and
   * may be the very object, from a restore before.
   */
  claimRelation(schema: string, wanted: string, identity: string, own?: ReadonlySet<string>): string {
    return spaceOf(this.relations, schema).claim(this.spell(wanted), identity, own)
  }

  private claimColumns(table: Table): void {
    const space = columnNames()
    this.columnSpaces.set(key(table), space)
    const objectOf = ({ name }: { readonly name: string }) => `${fullName(table)}.${name}`
    const columns = this.renamedFirst(table.columns, objectOf)
    this.columns.set(
      key(table),
      new Map(columns.map((column) => [column.name, this.claimWanted(space, objectOf(column), column.name)])),
    )
  }

  /** The plan's own tables and views, and what exists and does not go away with a table of the plan. */
  private namesThatStay(schema: string, { relations, types }: TargetFacts): readonly string[] {
    const planned = new Set(
      [...this.tables.values(), ...this.views.values()].filter((one) => one.schema === schema).map(({ name }) => name),
    )
    const stays = ({ owner }: Relation) => owner === null || !planned.has(owner)
    const existing = relations.filter((relation) => relation.schema === schema && stays(relation))
    const named = types.filter((type) => type.schema === schema)
    return [...planned, ...existing.map(({ name }) => name), ...named.map(({ name }) => name)]
  }
}

/** Each schema of the model, and of anything in it, with its name in the target. Throws a UsageError for a name no schema can have. */
export function mapSchemas(
  model: SchemaModel,
  policy: Pick<PostgresPolicy, 'schemas' | 'names'>,
): ReadonlyMap<string, string> {
  const all = [...model.schemas.map(({ name }) => name)]
  const others = [...model.types, ...model.sequences, ...model.tables, ...understoodViews(model)]
  for (const { schema } of others) all.push(schema)
  return new Map(
    all.map((schema) => [
      schema,
      Object.hasOwn(policy.schemas, schema)
        ? givenSchema(schema, policy.schemas[schema]!)
        : schemaName(spell(schema, policy.names)),
    ]),
  )
}

function givenSchema(schema: string, wanted: string): string {
  if (schemaName(wanted) === wanted) return wanted
  throw new UsageError(`cannot use setting "mapping.schemas.${schema}": "${wanted}" is no name for a schema`, {
    hint: 'Names have at most 63 bytes; those that begin with pg_, and information_schema, belong to the server.',
  })
}

function understoodViews({ modules }: SchemaModel): readonly Module[] {
  return modules.filter(({ kind, meaning }) => kind === 'view' && meaning !== undefined)
}

function spaceOf(spaces: Map<string, NameSpace>, of: string): NameSpace {
  let space = spaces.get(of)
  if (space === undefined) {
    space = new NameSpace()
    spaces.set(of, space)
  }
  return space
}

/** A full name as the key of a map; no name holds a NUL. */
export function key({ schema, name }: QualifiedName): string {
  return `${schema}\0${name}`
}
