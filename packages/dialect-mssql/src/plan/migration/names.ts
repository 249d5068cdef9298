import {
  fullName,
  type NameRules,
  NameSpace,
  type QualifiedName,
  type SchemaModel,
  type Table,
  WantedNames,
} from '@albackup/core'
import { nameFolding, type TargetFacts } from '../../catalog/target-facts.ts'
import type { MssqlPolicy } from '../../policy.ts'
import { isServersSchema, LONGEST_NAME } from '../../schema-name.ts'

/** Why something is not called what it should be. Reserved words are no reason: names are always quoted. */
export function whyNotKept(kind: string, wanted: string): string {
  if (wanted.length > LONGEST_NAME) return `names have at most ${LONGEST_NAME} characters`
  if (kind === 'schema') return 'the name belongs to the server'
  return 'something else has that name, or one that differs in case or blanks at its end'
}

/**
 * What tables, columns, sequences and constraints of another engine are called. Constraints share the names of a schema with its
 * tables and sequences; tables and columns have the first choice.
 */
export class MigratedNames extends WantedNames {
  private readonly objects = new Map<string, QualifiedName>()
  private readonly columns = new Map<string, ReadonlyMap<string, string>>()
  private readonly spaces = new Map<string, NameSpace>()
  private readonly indexes = new Map<string, NameSpace>()
  private readonly renamedSchemas: MssqlPolicy['schemas']
  private readonly rules: NameRules

  constructor(model: SchemaModel, policy: Pick<MssqlPolicy, 'schemas' | 'names' | 'rename'>, target: TargetFacts) {
    super(policy, `Names have at most ${LONGEST_NAME} characters and are unique within a schema or table.`)
    const fold = nameFolding(target.collation)
    this.renamedSchemas = policy.schemas
    // Blanks at the end of a name do not count.
    this.rules = { longest: LONGEST_NAME, lengthOf: (name) => name.length, fold: (name) => fold(name).trimEnd() }
    for (const table of this.renamedFirst(model.tables, fullName)) {
      this.claimObject(table)
      this.claimColumns(table)
    }
    for (const sequence of model.sequences) this.claimObject(sequence)
    for (const view of this.renamedFirst(understoodViews(model), fullName)) this.claimObject(view)
  }

  /** A space for names of columns or tables within one query or view. */
  nameSpace(taken: readonly string[] = []): NameSpace {
    return new NameSpace(this.rules, taken)
  }

  schema(name: string): string {
    const wanted = this.wantedSchema(name)
    return isServersSchema(wanted) ? `_${wanted}` : new NameSpace(this.rules).claim(wanted)
  }

  wantedSchema(name: string): string {
    return Object.hasOwn(this.renamedSchemas, name) ? this.renamedSchemas[name]! : this.spell(name)
  }

  of(name: QualifiedName): QualifiedName {
    return this.objects.get(fullName(name)) ?? { schema: this.schema(name.schema), name: name.name }
  }

  /** The name of a table's column. */
  column(table: QualifiedName, name: string): string {
    return this.columns.get(fullName(table))?.get(name) ?? name
  }

  /** A name for a constraint or another sequence of the table's schema. */
  claimConstraint(table: QualifiedName, wanted: string): string {
    return this.claim(this.schema(table.schema), wanted, `${fullName(table)}.${wanted}`)
  }

  /** A name for an index, which is its table's own. */
  claimIndex(table: QualifiedName, wanted: string): string {
    return this.spaceOf(this.indexes, fullName(table)).claim(this.spell(wanted), `${fullName(table)}.${wanted}`)
  }

  private claim(schema: string, wanted: string, identity: string): string {
    return this.spaceOf(this.spaces, this.rules.fold(schema)).claim(this.spell(wanted), identity)
  }

  private claimObject(source: QualifiedName): void {
    const object = fullName(source)
    const schema = this.schema(source.schema)
    const space = this.spaceOf(this.spaces, this.rules.fold(schema))
    const name = this.claimWanted(space, object, source.name, object)
    this.objects.set(object, { schema, name })
  }

  private claimColumns(table: Table): void {
    const space = new NameSpace(this.rules)
    const objectOf = ({ name }: { readonly name: string }) => `${fullName(table)}.${name}`
    const columns = this.renamedFirst(table.columns, objectOf)
    const names = columns.map(
      (column) => [column.name, this.claimWanted(space, objectOf(column), column.name, objectOf(column))] as const,
    )
    this.columns.set(fullName(table), new Map(names))
  }

  private spaceOf(spaces: Map<string, NameSpace>, of: string): NameSpace {
    let space = spaces.get(of)
    if (space === undefined) {
      space = new NameSpace(this.rules)
      spaces.set(of, space)
    }
    return space
  }
}

function understoodViews({ modules }: SchemaModel): SchemaModel['modules'] {
  return modules.filter(({ kind, meaning }) => kind === 'view' && meaning !== undefined)
}
