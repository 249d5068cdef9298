import {
  type ForeignKey,
  type PlannedTable,
  type RestorePlan,
  type RIViolation,
  type SchemaModel,
  fullName as sourceName,
  type Table,
} from '@albackup/core'
import type { ClientBase } from 'pg'
import { fullName, ownRows, type TableName } from './ddl.ts'
import { textFact, textsFact } from './native-facts.ts'
import { quote } from './quote.ts'
import { targetError } from './server-errors.ts'

const MOST_SAMPLES = 10

/** One key without a parent, and how many rows have such keys altogether. */
interface Orphan {
  readonly rows: string
  readonly sample: string
}

/**
 * The table's foreign keys whose rows have no parent. A row with NULL in one of the key's columns needs none
 * (MATCH SIMPLE).
 */
export async function checkRI(
  client: ClientBase,
  table: PlannedTable,
  plan: RestorePlan,
): Promise<readonly RIViolation[]> {
  const violations: RIViolation[] = []
  for (const key of table.source.foreignKeys.filter(isEnforced)) {
    const parent = plan.tables.find(
      ({ source }) => source.schema === key.references.schema && source.name === key.references.name,
    )
    const columns = parent && pairedColumns(table, key, parent)
    if (parent === undefined || columns === undefined) continue
    const [child, of] = [relationOf(table, table.source), relationOf(parent, parent.source)]
    const { rows, samples } = await countOrphans(client, child, of, columns).catch((error: unknown) => {
      throw targetError(error, `check the foreign keys of ${fullName(table)}`)
    })
    if (rows > 0) violations.push({ table: sourceName(table.source), foreignKey: key.name, rows, samples })
  }
  return violations
}

/** The same for every foreign key of the model, where it was read from. */
export async function* checkModelRI(client: ClientBase, model: SchemaModel): AsyncIterable<RIViolation> {
  for (const table of model.tables) {
    for (const key of table.foreignKeys.filter(isEnforced)) {
      const parent = model.tables.find(
        ({ schema, name }) => schema === key.references.schema && name === key.references.name,
      )
      if (parent === undefined) continue
      const columns = key.columns.map((name, i) => ({
        child: quote(name),
        parent: quote(key.references.columns[i]!),
        equals: equalsOf(key, i),
      }))
      const [child, of] = [relationOf(table, table), relationOf(parent, parent)]
      const { rows, samples } = await countOrphans(client, child, of, columns)
      if (rows > 0) yield { table: quote(table.schema, table.name), foreignKey: key.name, rows, samples }
    }
  }
}

/** One that is declared not to be enforced says what is meant, and nothing of the rows (from PostgreSQL 18 on). */
function isEnforced({ native }: ForeignKey): boolean {
  return textFact(native, 'definition')?.endsWith(' NOT ENFORCED') !== true
}

/** A table as it stands behind FROM. */
function relationOf(table: TableName, { native }: Table): string {
  return ownRows(table, native)
}

/** One column of a key and the parent's, quoted, and the operator that compares them. */
interface PairedColumn {
  readonly child: string
  readonly parent: string
  readonly equals: string
}

/** An operator of an extension, such as that of citext, is on no search path. */
function equalsOf({ native }: ForeignKey, column: number): string {
  return textsFact(native, 'operators')[column] ?? '='
}

/** That of citext in the schema that the extension is in; undefined for other types. */
function equalsWithin(type: string): string | undefined {
  const schema = /^("(?:[^"]|"")+")\."?citext"?$/.exec(type)?.[1]
  return schema && `operator(${schema}.=)`
}

/** undefined when one of the columns is not in the target. */
function pairedColumns(
  child: PlannedTable,
  key: ForeignKey,
  parent: PlannedTable,
): readonly PairedColumn[] | undefined {
  const columnOf = (table: PlannedTable, name: string) => table.columns.find(({ source }) => source.name === name)
  const pairs: PairedColumn[] = []
  for (const [i, column] of key.columns.entries()) {
    const own = columnOf(child, column)
    const referenced = columnOf(parent, key.references.columns[i]!)
    if (own === undefined || referenced === undefined) return undefined
    // A column of the mapping's choice may refer to one of another type, as whose values its own are compared.
    const equals = (own.type === referenced.type ? equalsWithin(own.type) : undefined) ?? equalsOf(key, i)
    pairs.push({ child: quote(own.name), parent: quote(referenced.name), equals })
  }
  return pairs
}

async function countOrphans(
  client: ClientBase,
  child: string,
  parent: string,
  columns: readonly PairedColumn[],
): Promise<{ readonly rows: number; readonly samples: readonly string[] }> {
  const keyColumns = columns.map((column) => `child.${column.child}`)
  const keys = columns.map((_, i) => `key_${i}`)
  const orphans = `
    select ${keyColumns.map((column, i) => `${column} as key_${i}`).join(', ')}, count(*) as orphans
    from ${child} as child
    where ${keyColumns.map((column) => `${column} is not null`).join(' and ')}
      and not exists (select from ${parent} as parent
        where ${columns.map((column) => `parent.${column.parent} ${column.equals} child.${column.child}`).join(' and ')})
    group by ${keyColumns.join(', ')}`
  const sql = `
    select (sum(orphans) over ())::text as rows, concat_ws(', ', ${keys.join(', ')}) as sample
    from (${orphans}) as keys order by ${keys.join(', ')} limit ${MOST_SAMPLES}`
  const { rows } = await client.query<Orphan>(sql)
  return { rows: Number(rows[0]?.rows ?? 0), samples: rows.map(({ sample }) => sample) }
}
