import { quote } from '../quote.ts'
import { allCarried, type Carried } from './carried.ts'
import type { Catalog } from './catalog.ts'
import { byQualifiedName } from './lists.ts'

export interface SynonymRow {
  readonly schema: string
  readonly name: string
  /** As it was written, with its quotes, of one to four parts. */
  readonly base: string
}

const SYNONYMS = `
select cast(s.name as nvarchar(128)) as [schema], cast(y.name as nvarchar(128)) as [name], y.base_object_name as [base]
from sys.synonyms y join sys.schemas s on s.schema_id = y.schema_id
where y.is_ms_shipped = 0`

/** What a synonym stands for need not exist when it is made. */
export async function readSynonyms({ query, views }: Catalog): Promise<Carried> {
  const rows = views.has('synonyms', 'base_object_name') ? await query<SynonymRow>(SYNONYMS) : []
  return allCarried(byQualifiedName(rows).map(mapSynonym))
}

export function mapSynonym({ schema, name, base }: SynonymRow) {
  const synonym = quote(schema, name)
  return {
    kind: 'synonym',
    name: synonym,
    statements: [`create synonym ${synonym} for ${base}`],
    stage: 'before tables',
    drop: `drop synonym ${synonym}`,
  } as const
}
