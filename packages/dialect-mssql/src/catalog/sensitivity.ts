import type { NativeObject } from '@albackup/core'
import { quote, quoteText } from '../quote.ts'
import { allCarried, type Carried, NOTHING } from './carried.ts'
import type { Catalog } from './catalog.ts'
import { compareText } from './lists.ts'

export interface SensitivityRow {
  readonly schema: string
  readonly table: string
  readonly column: string
  readonly label: string | null
  readonly labelId: string | null
  readonly informationType: string | null
  readonly informationTypeId: string | null
  /** NONE, LOW, MEDIUM, HIGH, CRITICAL. */
  readonly rank: string | null
}

const CLASSIFICATIONS = `
select cast(s.name as nvarchar(128)) as [schema], cast(o.name as nvarchar(128)) as [table],
  cast(c.name as nvarchar(128)) as [column], convert(nvarchar(256), x.label) as [label],
  convert(nvarchar(256), x.label_id) as [labelId], convert(nvarchar(256), x.information_type) as [informationType],
  convert(nvarchar(256), x.information_type_id) as [informationTypeId], convert(nvarchar(60), x.rank_desc) as [rank]
from sys.sensitivity_classifications x
join sys.objects o on o.object_id = x.major_id
join sys.schemas s on s.schema_id = o.schema_id
join sys.columns c on c.object_id = x.major_id and c.column_id = x.minor_id`

export async function readSensitivity({ query, views }: Catalog): Promise<Carried> {
  if (!views.has('sensitivity_classifications', 'rank_desc')) return NOTHING
  const objects = (await query<SensitivityRow>(CLASSIFICATIONS)).map(mapSensitivity)
  return allCarried(objects.sort((one, other) => compareText(one.name, other.name)))
}

export function mapSensitivity(row: SensitivityRow): NativeObject {
  const name = quote(row.schema, row.table, row.column)
  const facts = [
    ...fact('label', row.label),
    ...fact('label_id', row.labelId),
    ...fact('information_type', row.informationType),
    ...fact('information_type_id', row.informationTypeId),
    ...(row.rank === null ? [] : [`rank = ${row.rank.toLowerCase()}`]),
  ]
  return {
    kind: 'sensitivity classification',
    name,
    statements: [`add sensitivity classification to ${name} with (${facts.join(', ')})`],
    stage: 'after modules',
    table: { schema: row.schema, name: row.table },
  }
}

/** The documentation has these texts without an N in front, which stands where it is needed. */
function fact(name: string, value: string | null): readonly string[] {
  if (value === null) return []
  const isAscii = [...value].every((character) => character < '\u0080')
  return [`${name} = ${isAscii ? quoteText(value).slice(1) : quoteText(value)}`]
}
