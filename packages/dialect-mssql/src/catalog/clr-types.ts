import type { NativeObject } from '@albackup/core'
import { quote } from '../quote.ts'
import { allCarried, type Carried, NOTHING } from './carried.ts'
import type { Catalog } from './catalog.ts'
import { byQualifiedName } from './lists.ts'

export interface ClrTypeRow {
  readonly schema: string
  readonly name: string
  readonly assembly: string
  readonly class: string
}

const CLR_TYPES = `
select cast(s.name as nvarchar(128)) as [schema], cast(t.name as nvarchar(128)) as [name],
  cast(a.name as nvarchar(128)) as [assembly], cast(t.assembly_class as nvarchar(128)) as [class]
from sys.assembly_types t
join sys.schemas s on s.schema_id = t.schema_id
join sys.assemblies a on a.assembly_id = t.assembly_id
where t.is_user_defined = 1`

export async function readClrTypes({ query, views }: Catalog): Promise<Carried> {
  if (!views.has('assembly_types', 'assembly_class') || !views.has('assemblies', 'name')) return NOTHING
  return allCarried(byQualifiedName(await query<ClrTypeRow>(CLR_TYPES)).map(mapClrType))
}

export function mapClrType(row: ClrTypeRow): NativeObject {
  const name = quote(row.schema, row.name)
  return {
    kind: 'CLR type',
    name,
    statements: [`create type ${name} external name ${quote(row.assembly, row.class)}`],
    stage: 'before tables',
    drop: `drop type ${name}`,
  }
}
