import type { Source } from '../dialect/dialect.ts'
import { AlbackupError } from '../errors.ts'
import type { ReplicationProfile } from '../model/profiles/profile.ts'
import type { SchemaModel, Table } from '../model/schema-model.ts'
import { fullName } from '../model/scope.ts'

/** Rows of a table of the replication that must not be there when everything is sent. */
interface Question {
  readonly table: Table
  readonly predicate: string
  /** The warning; `rows` is at least 1. */
  sentence(rows: number, table: string): string
}

/**
 * Sentences about changes that the replication has not yet passed on: another node will not get them from the backup. Reads a few rows,
 * in the point in time of the source; to be asked last. A question that cannot be answered is a sentence too. `whole`: the
 * model with no table left out.
 */
export async function warnOfUnsentChanges(
  source: Source,
  whole: SchemaModel,
  profiles: readonly ReplicationProfile[],
): Promise<readonly string[]> {
  const warnings: string[] = []
  for (const question of profiles.flatMap((profile) => questionsFor(whole, profile, source.quote))) {
    const name = source.quote(question.table.schema, question.table.name)
    try {
      const rows = await countRows(source, question)
      if (rows > 0) warnings.push(question.sentence(rows, name))
    } catch (error) {
      if (!(error instanceof AlbackupError)) throw error
      warnings.push(`whether ${name} has changes that were not sent could not be found out: ${error.message}`)
    }
  }
  return warnings
}

async function countRows(source: Source, { table, predicate }: Question): Promise<number> {
  let rows = 0
  for await (const block of source.readRows(table, { predicate })) rows += block.rows
  return rows
}

/** In SQL that every engine understands which SymmetricDS runs on. */
function questionsFor(whole: SchemaModel, profile: ReplicationProfile, quote: Source['quote']): readonly Question[] {
  const find = (name: string) => findTable(whole, profile, name)
  return [...askBatches(find('outgoing_batch'), quote), ...askRouting(find('data'), find('data_gap'), quote)]
}

/** Batches that no node has confirmed. 'IG': ignored on purpose. */
function askBatches(table: Table | undefined, quote: Source['quote']): readonly Question[] {
  const status = columnOf(table, 'status')
  if (table === undefined || status === undefined) return []
  return [
    {
      table,
      predicate: `${quote(status)} not in ('OK', 'IG')`,
      sentence: (rows, name) =>
        `${rows} ${rows === 1 ? 'batch' : 'batches'} of changes in ${name} ${rows === 1 ? 'was' : 'were'} not yet confirmed by the ${rows === 1 ? 'node it is' : 'nodes they are'} for`,
    },
  ]
}

/** The newest captured change, when it is in a gap: what is not yet routed begins after the last that was. */
function askRouting(data: Table | undefined, gaps: Table | undefined, quote: Source['quote']): readonly Question[] {
  const id = columnOf(data, 'data_id')
  const [start, end] = [columnOf(gaps, 'start_id'), columnOf(gaps, 'end_id')]
  if (data === undefined || gaps === undefined || id === undefined || start === undefined || end === undefined)
    return []
  const dataId = quote(id)
  const newest = `${dataId} = (select max(${dataId}) from ${quote(data.schema, data.name)})`
  const inGap = `${dataId} >= ${quote(start)} and (${dataId} <= ${quote(end)} or ${quote(end)} < 0)`
  const open = openGap(gaps, quote)
  return [
    {
      table: data,
      predicate: `${newest} and exists (select 1 from ${quote(gaps.schema, gaps.name)} where ${inGap}${open})`,
      sentence: (_, name) => `the newest change in ${name} is not yet routed to any node`,
    },
  ]
}

/** Versions differ in how they mark gaps that are done with; some delete them. */
function openGap(gaps: Table, quote: Source['quote']): string {
  const status = columnOf(gaps, 'status')
  const expired = columnOf(gaps, 'is_expired')
  return `${status === undefined ? '' : ` and ${quote(status)} = 'GP'`}${expired === undefined ? '' : ` and ${quote(expired)} = 0`}`
}

function findTable(whole: SchemaModel, { schema, prefix }: ReplicationProfile, name: string): Table | undefined {
  const wanted = `${schema}.${prefix}_${name}`.toLowerCase()
  return whole.tables.find((table) => fullName(table).toLowerCase() === wanted)
}

/** As the database writes it. */
function columnOf(table: Table | undefined, name: string): string | undefined {
  return table?.columns.find((column) => column.name.toLowerCase() === name)?.name
}
