import { type Finding, fullName, type MadeSchema, type NativeObject, type Table } from '@albackup/core'
import { partitionFacts } from '../native-facts.ts'
import type { Membership } from '../replaced.ts'

export interface Republished {
  /** Memberships that come back as they were. */
  readonly back: readonly Membership[]
  /** Why others do not. */
  readonly findings: readonly Finding[]
}

/** What becomes of the memberships of tables that are made anew; one that the backup has as well is made with it. */
export function republish(memberships: readonly Membership[], made: MadeSchema): Republished {
  const others = memberships.filter(({ publication, sql }) => !statementsOf(publication, made).includes(sql))
  const obstacles = new Map(others.map((one) => [one, obstacleOf(one, made)]))
  return {
    back: others.filter((one) => obstacles.get(one) === undefined),
    findings: others.flatMap((one) => {
      const message = obstacles.get(one)
      return message === undefined
        ? []
        : [{ severity: 'lost', kind: 'publication', object: one.publication, message } as const]
    }),
  }
}

/** What the plan makes, with the tables that come back to its publications. */
export function withMemberships({ objects, ...made }: MadeSchema, back: readonly Membership[]): MadeSchema {
  if (objects === undefined) return made
  return { ...made, objects: objects.map((object) => (object.kind === 'publication' ? grown(object, back) : object)) }
}

/** In the order of the catalog: the publication, its tables by name, its schemas. */
function grown(object: NativeObject, back: readonly Membership[]): NativeObject {
  const more = back.filter(({ publication }) => publication === object.name).map(({ sql }) => sql)
  const [create, ...parts] = object.statements
  const isTable = (sql: string) => sql.startsWith(`alter publication ${object.name} add table only `)
  const tables = [...parts.filter(isTable), ...more].sort()
  return { ...object, statements: [create!, ...tables, ...parts.filter((sql) => !isTable(sql))] }
}

function statementsOf(publication: string, { objects = [] }: MadeSchema): readonly string[] {
  return objects.find(({ kind, name }) => kind === 'publication' && name === publication)?.statements ?? []
}

function obstacleOf(membership: Membership, made: MadeSchema): string | undefined {
  const { publication, table, relation, root, sql, columns, owned } = membership
  const words = `alter publication ${publication} add table only ${table}`
  const isHere = (one: string) => one === words || one.startsWith(`${words} `)
  if (statementsOf(publication, made).some(isHere)) return `has ${table} as the backup says, and no more as in: ${sql}`
  const sentence = `${table} does not come back to it`
  const of = made.tables.find((one) => fullName(one) === fullName(root))
  if (of === undefined || !hasRelation(of, fullName(relation))) {
    return `${sentence}: the backup does not have that partition`
  }
  const absent = columns.find((name) => !of.columns.some((column) => column.name === name))
  if (absent !== undefined) {
    return `${sentence}: the backup does not have its column ${absent}, which the publication names`
  }
  return owned ? undefined : `${sentence}: it belongs to another role, which can say: ${sql}`
}

function hasRelation(table: Table, name: string): boolean {
  return [table, ...partitionFacts(table.native)].some((one) => fullName(one) === name)
}
