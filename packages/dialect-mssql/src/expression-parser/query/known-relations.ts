import type { NativeObject, QualifiedName, SchemaModel, Table } from '@albackup/core'
import { quote } from '../../quote.ts'
import { NotUnderstood } from '../token-cursor.ts'

/** A table or view as queries see it. */
export interface KnownRelation extends QualifiedName {
  /** null: not known. */
  readonly columns: readonly KnownColumn[] | null
}

/** The same with its columns. */
export type OpenRelation = KnownRelation & { readonly columns: readonly KnownColumn[] }

export interface KnownColumn {
  readonly name: string
  /** `*` leaves it out. */
  readonly hidden: boolean
}

/** What has names of its own beside tables and views: a name may mean one of them. */
type Others = Pick<SchemaModel, 'objects' | 'leftBehind'>

/** The schema in which a name is looked for that is not in the schema of what names it. */
const LAST_SCHEMA = 'dbo'

/** Finds tables and views by their names. Case matters only between names that differ in nothing else. */
export class KnownRelations {
  private readonly byName = new Map<string, KnownRelation[]>()
  private readonly others: ReadonlySet<string>

  constructor(tables: readonly Table[], others: Others) {
    for (const table of tables) this.set(relationOf(table))
    const names = [...(others.objects ?? []).filter(isRelation), ...others.leftBehind].map(({ name }) => folded(name))
    this.others = new Set(names)
  }

  /** In the place of the one that has exactly its name, if there is one. */
  set(relation: KnownRelation): void {
    const key = keyOf(relation.schema, relation.name)
    const others = (this.byName.get(key) ?? []).filter((one) => !isNamed(one, relation.schema, relation.name))
    this.byName.set(key, [...others, relation])
  }

  /** `schema` null: that of the view, then dbo (Transact-SQL reference, "Name resolution"). */
  find(schema: string | null, name: string, own: string): OpenRelation {
    for (const one of schema === null ? [own, LAST_SCHEMA] : [schema]) {
      const found = this.findIn(one, name)
      if (found?.columns === null) throw new NotUnderstood(`the columns of ${one}.${name} are not known`)
      if (found !== undefined) return { ...found, columns: found.columns }
    }
    throw new NotUnderstood(`${schema === null ? '' : `${schema}.`}${name} is no table or view of the database`)
  }

  private findIn(schema: string, name: string): KnownRelation | undefined {
    if (this.others.has(folded(quote(schema, name)))) {
      throw new NotUnderstood(`${schema}.${name} is no table or view that is understood`)
    }
    const alike = this.byName.get(keyOf(schema, name)) ?? []
    const exact = alike.find((one) => isNamed(one, schema, name))
    if (exact !== undefined || alike.length < 2) return exact ?? alike[0]
    throw new NotUnderstood(`more than one table is called ${schema}.${name} but for case`)
  }
}

function relationOf({ schema, name, columns }: Table): KnownRelation {
  const known = columns.map((column) => ({ name: column.name, hidden: column.native.facts?.hidden === true }))
  return { schema, name, columns: known }
}

function isNamed(one: QualifiedName, schema: string, name: string): boolean {
  return one.schema === schema && one.name === name
}

function isRelation({ kind }: NativeObject): boolean {
  return kind === 'synonym' || kind.includes('table')
}

function keyOf(schema: string, name: string): string {
  return folded(`${schema}\0${name}`)
}

export function folded(name: string): string {
  return name.toLowerCase()
}
