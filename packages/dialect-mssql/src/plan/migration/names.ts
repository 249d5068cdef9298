import {
  fullName,
  type NameRules,
  NameSpace,
  type QualifiedName,
  type SchemaModel,
  spellName,
  type Table,
  UsageError,
} from '@albackup/core'
import { nameFolding, type TargetFacts } from '../../catalog/target-facts.ts'
import type { MssqlPolicy } from '../../policy.ts'

/** Identifiers have at most 128 UTF-16 units, and blanks at their end do not count. */
const LONGEST_NAME = 128

/** Schemas that are the server's own. */
const RESERVED: ReadonlySet<string> = new Set(['sys', 'information_schema', 'guest'])

/**
 * What tables, columns, sequences and constraints of another engine are called. Constraints share the names of a schema with its
 * tables and sequences; tables and columns have the first choice.
 */
export class MigratedNames {
  private readonly objects = new Map<string, QualifiedName>()
  private readonly columns = new Map<string, ReadonlyMap<string, string>>()
  private readonly spaces = new Map<string, NameSpace>()
  private readonly indexes = new Map<string, NameSpace>()
  private readonly policy: Pick<MssqlPolicy, 'schemas' | 'names' | 'rename'>
  private readonly rules: NameRules

  constructor(model: SchemaModel, policy: Pick<MssqlPolicy, 'schemas' | 'names' | 'rename'>, target: TargetFacts) {
    const fold = nameFolding(target.collation)
    this.policy = policy
    this.rules = { longest: LONGEST_NAME, lengthOf: (name) => name.length, fold: (name) => fold(name).trimEnd() }
    for (const table of this.renamedFirst(model.tables, fullName)) {
      this.claimObject(table)
      this.claimColumns(table)
    }
    for (const sequence of model.sequences) this.claimObject(sequence)
  }

  schema(name: string): string {
    const { schemas, names } = this.policy
    const wanted = Object.hasOwn(schemas, name) ? schemas[name]! : spellName(name, names)
    return RESERVED.has(wanted.toLowerCase()) ? `_${wanted}` : new NameSpace(this.rules).claim(wanted)
  }

  of(name: QualifiedName): QualifiedName {
    return this.objects.get(fullName(name)) ?? { schema: this.schema(name.schema), name: name.name }
  }

  /** The name of a table's column. */
  column(table: QualifiedName, name: string): string {
    return this.columns.get(fullName(table))?.get(name) ?? name
  }

  /** What the policy wants a table or column to be called; `object`: its full name in the source. */
  wanted(object: string, name: string): string {
    return this.policy.rename[object] ?? spellName(name, this.policy.names)
  }

  /** A name for a constraint or another sequence of the table's schema. */
  claimConstraint(table: QualifiedName, wanted: string): string {
    return this.claim(this.schema(table.schema), wanted, `${fullName(table)}.${wanted}`)
  }

  /** A name for an index, which is its table's own. */
  claimIndex(table: QualifiedName, wanted: string): string {
    return this.spaceOf(this.indexes, fullName(table)).claim(this.spelled(wanted), `${fullName(table)}.${wanted}`)
  }

  spelled(name: string): string {
    return spellName(name, this.policy.names)
  }

  private claim(schema: string, wanted: string, identity: string): string {
    return this.spaceOf(this.spaces, this.rules.fold(schema)).claim(this.spelled(wanted), identity)
  }

  private claimObject(source: QualifiedName): void {
    const object = fullName(source)
    const schema = this.schema(source.schema)
    const space = this.spaceOf(this.spaces, this.rules.fold(schema))
    const name = this.claimFrom(space, object, source.name)
    this.objects.set(object, { schema, name })
  }

  private claimColumns(table: Table): void {
    const space = new NameSpace(this.rules)
    const objectOf = ({ name }: { readonly name: string }) => `${fullName(table)}.${name}`
    const columns = this.renamedFirst(table.columns, objectOf)
    const names = columns.map((column) => [column.name, this.claimFrom(space, objectOf(column), column.name)] as const)
    this.columns.set(fullName(table), new Map(names))
  }

  /** What is renamed by itself has the first choice. */
  private renamedFirst<T>(all: readonly T[], objectOf: (one: T) => string): readonly T[] {
    const isRenamed = (one: T) => Object.hasOwn(this.policy.rename, objectOf(one))
    return [...all.filter(isRenamed), ...all.filter((one) => !isRenamed(one))]
  }

  private claimFrom(space: NameSpace, object: string, name: string): string {
    const wanted = this.wanted(object, name)
    const claimed = space.claim(wanted, object)
    if (claimed === wanted || !Object.hasOwn(this.policy.rename, object)) return claimed
    throw new UsageError(`cannot use setting "mapping.rename.${object}": "${wanted}" is taken, or no name for it`, {
      hint: `Names have at most ${LONGEST_NAME} characters and are unique within a schema or table.`,
    })
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
