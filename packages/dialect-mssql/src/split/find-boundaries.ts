import type { Range, Table } from '@albackup/core'
import type { Catalog } from '../catalog/catalog.ts'
import { quote, quoteText } from '../quote.ts'
import { isDenied } from '../server-errors.ts'
import type { Boundary } from './boundary.ts'
import type { KeyForm, KeyValue } from './key-form.ts'
import type { SplitKey } from './split-key.ts'

export interface Question {
  readonly catalog: Catalog
  readonly table: Table
  readonly key: SplitKey
  readonly within: Range | null
  /** About how many rows there are. */
  readonly rows: number
  /** How many ranges are wanted. */
  readonly parts: number
}

/** Fewer rows are walked through sooner than sampled. */
const ROWS_TO_SAMPLE = 100_000
const SAMPLED_ROWS_PER_PART = 200

/**
 * Boundaries between ranges of about the same number of rows: from the histogram that the server keeps anyway, else from a
 * sample of pages, else by a walk along the key. May be fewer than asked for, or none; the server has still to say that they are in order.
 */
export async function findBoundaries(question: Question): Promise<readonly Boundary[]> {
  let found: readonly Boundary[] = []
  // A look-alike that has no histograms takes TABLESAMPLE all the same, and reads everything.
  const short = (await hasHistograms(question.catalog)) ? [fromHistogram, fromSample] : []
  for (const find of [...short, fromWalk]) {
    found = withoutTwins(await find(question))
    if (found.length >= (question.parts - 1) / 2) break
  }
  return found
}

interface Step {
  readonly value: KeyValue | null
  readonly rows: number
}

/** Needs no more than SELECT on the table. */
async function fromHistogram({ catalog, table, key, within, parts }: Question): Promise<readonly Boundary[]> {
  if (within !== null) return []
  const { select, column } = key.first
  try {
    const steps = await catalog.query<Step>(`
select ${select(`cast(h.range_high_key as ${typeInVariant(column.native.declaration)})`)} as [value],
  cast(h.range_rows + h.equal_rows as float) as [rows]
from sys.indexes i
cross apply sys.dm_db_stats_histogram(i.object_id, i.index_id) h
where i.object_id = object_id(${quoteText(quote(table.schema, table.name))}) and i.name = ${quoteText(key.index)}
order by h.step_number`)
    return chooseSteps(steps, parts).map((value) => ({ first: key.first.literal(value) }))
  } catch (error) {
    if (isDenied(error)) return []
    throw error
  }
}

/** A sql_variant holds no rowversion, and none is made of one (error 529): it holds the bytes. */
function typeInVariant(declaration: string): string {
  return declaration === 'rowversion' ? 'binary(8)' : declaration
}

async function hasHistograms({ query }: Catalog): Promise<boolean> {
  const rows = await query<{ readonly name: string }>(
    `select cast(o.name as nvarchar(128)) as [name] from sys.all_objects o
where o.schema_id = schema_id('sys') and o.name = 'dm_db_stats_histogram'`,
  )
  return rows.length > 0
}

/** A part ends where it is large enough. The last step of a histogram is the greatest value: nothing is behind it. */
export function chooseSteps(steps: readonly Step[], parts: number): readonly KeyValue[] {
  const enough = steps.reduce((sum, { rows }) => sum + rows, 0) / parts
  const chosen: KeyValue[] = []
  let sum = 0
  for (const { value, rows } of steps.slice(0, -1)) {
    sum += rows
    if (value === null || sum < enough) continue
    chosen.push(value)
    sum = 0
  }
  return chosen
}

interface Found {
  readonly v1: KeyValue | null
  readonly v2?: KeyValue | null
}

/** Whole pages are sampled, so it is as cheap as reading so many of them. */
async function fromSample({ catalog, table, key, within, rows, parts }: Question): Promise<readonly Boundary[]> {
  if (within !== null || rows < ROWS_TO_SAMPLE) return []
  const percent = Math.min(100, Math.max(0.01, (parts * SAMPLED_ROWS_PER_PART * 100) / rows))
  const column = quote(key.first.column.name)
  const found = await catalog.query<Found>(`
select ${key.first.select('s.k1')} as [v1]
from (select ${column} as k1, row_number() over (order by ${column}) as n, count_big(*) over () as total
  from ${quote(table.schema, table.name)} tablesample (${percent.toFixed(4)} percent)) s
where s.n * ${parts} / s.total <> (s.n - 1) * ${parts} / s.total and s.n < s.total
order by s.n`)
  return boundariesOf(found, key.first)
}

/**
 * Reads the index once on the server, and sends one row for each range. Along two columns where it can: the first may have few
 * values.
 */
async function fromWalk({ catalog, table, key, within, rows, parts }: Question): Promise<readonly Boundary[]> {
  const forms = key.second === undefined ? [key.first] : [key.first, key.second]
  const columns = forms.map(({ column }) => quote(column.name))
  const step = Math.max(1, Math.ceil(rows / parts))
  const where = within === null ? '' : `\n  where ${within.predicate}`
  const found = await catalog.query<Found>(`
select ${forms.map(({ select }, i) => `${select(`s.k${i + 1}`)} as [v${i + 1}]`).join(', ')}
from (select ${columns.map((column, i) => `${column} as k${i + 1}`).join(', ')}, row_number() over (order by ${columns.join(', ')}) as n
  from ${quote(table.schema, table.name)}${where}
  ) s
where s.n % ${step} = 0 and s.n <> ${rows}
order by s.n`)
  return boundariesOf(found, key.first, key.second)
}

function boundariesOf(found: readonly Found[], first: KeyForm, second?: KeyForm): readonly Boundary[] {
  return found.flatMap(({ v1, v2 }) => {
    if (v1 === null) return []
    if (second === undefined) return [{ first: first.literal(v1) }]
    return v2 === null || v2 === undefined ? [] : [{ first: first.literal(v1), second: second.literal(v2) }]
  })
}

function withoutTwins(boundaries: readonly Boundary[]): readonly Boundary[] {
  return boundaries.filter(
    ({ first, second }, i) => i === 0 || first !== boundaries[i - 1]!.first || second !== boundaries[i - 1]!.second,
  )
}
