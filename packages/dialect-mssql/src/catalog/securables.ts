import type { QualifiedName } from '@albackup/core'
import { quote } from '../quote.ts'
import type { Catalog } from './catalog.ts'
import { NAMED_CLASSES } from './named-classes.ts'

/** What permissions, properties and owners belong to, by class and number as the catalog refers to it. */
export interface SecurableRow {
  readonly class: number
  readonly id: number
  readonly schema: string | null
  readonly name: string
  /** Of sys.objects or sys.database_principals; for other classes ''. */
  readonly type: string
  /** The table or view of a trigger or constraint. */
  readonly parent: string | null
  readonly parentType: string | null
}

type ListedRow = Omit<SecurableRow, 'parent' | 'parentType'> & {
  /** Of the same list; 0: none. A join of all objects with all would be dear on some servers. */
  readonly parentId: number
}

export interface Securables {
  find(securableClass: number, id: number): SecurableRow | undefined
}

/**
 * In a union the same columns of several views must not have collations that differ (error 451): names of Service Broker have a
 * binary one, and types that of the system.
 */
function typeText(column: string): string {
  return `cast(rtrim(${column}) as nvarchar(2)) collate database_default`
}

function nameText(column: string): string {
  return `cast(${column} as nvarchar(128)) collate database_default`
}

/** Objects without those of the system. */
const OBJECTS = `
select 1 as [class], o.object_id as [id], ${nameText('s.name')} as [schema], ${nameText('o.name')} as [name],
  ${typeText('o.type')} as [type], cast(o.parent_object_id as int) as [parentId]
from sys.objects o
join sys.schemas s on s.schema_id = o.schema_id
where o.is_ms_shipped = 0`

const DATABASE_TRIGGERS = `
select 1 as [class], t.object_id as [id], cast(null as nvarchar(128)) as [schema], ${nameText('t.name')} as [name],
  'DDL' as [type], cast(0 as int) as [parentId]
from sys.triggers t
where t.parent_class = 0 and t.is_ms_shipped = 0`

export async function readSecurables({ query, views }: Catalog): Promise<Securables> {
  const statements = [
    OBJECTS,
    ...(views.has('triggers', 'parent_class') ? [DATABASE_TRIGGERS] : []),
    ...NAMED_CLASSES.filter(({ view, id }) => views.has(view, id)).map(named),
  ]
  const rows = await query<ListedRow>(statements.join('\nunion all'))
  const byKey = new Map(rows.map((row) => [`${row.class} ${row.id}`, row]))
  const parentOf = ({ parentId }: ListedRow) => (parentId === 0 ? undefined : byKey.get(`1 ${parentId}`))
  return {
    find(securableClass, id) {
      const row = byKey.get(`${securableClass} ${id}`)
      if (row === undefined) return undefined
      const { parentId: _, ...securable } = row
      const parent = parentOf(row)
      return { ...securable, parent: parent?.name ?? null, parentType: parent?.type ?? null }
    },
  }
}

/** A principal has a type as well: a user, a role. */
function named({ securableClass, view, id, hasSchema }: (typeof NAMED_CLASSES)[number]): string {
  const schema = hasSchema ? nameText('s.name') : 'cast(null as nvarchar(128))'
  const type = view === 'database_principals' ? typeText('x.type') : `''`
  const join = hasSchema ? ' join sys.schemas s on s.schema_id = x.schema_id' : ''
  return `
select ${securableClass} as [class], x.${id} as [id], ${schema} as [schema], ${nameText('x.name')} as [name],
  ${type} as [type], cast(0 as int) as [parentId]
from sys.${view} x${join}`
}

export function fullName({ schema, name }: SecurableRow): string {
  return schema === null ? quote(name) : quote(schema, name)
}

/** The table a securable is or belongs to, without which it is not made. */
export function tableOf({ schema, name, type, parent, parentType }: SecurableRow): QualifiedName | undefined {
  if (schema === null) return undefined
  if (type === 'U') return { schema, name }
  return parent === null || parentType !== 'U' ? undefined : { schema, name: parent }
}
