import type { AliasType } from '@albackup/core'
import { quote } from '../quote.ts'
import type { Catalog } from './catalog.ts'
import { mapType, TYPE_JOINS, type TypeRow, typeColumns } from './column-type.ts'
import type { Comments } from './comments.ts'
import { byQualifiedName } from './lists.ts'

export interface AliasTypeRow extends TypeRow {
  readonly id: number
  readonly nullable: boolean
}

const ALIAS_TYPES = `
select t.user_type_id as [id], cast(t.is_nullable as bit) as [nullable], t.collation_name as [collation],
  ${typeColumns('t')}
from sys.types t${TYPE_JOINS}
where t.is_user_defined = 1 and t.is_table_type = 0 and t.is_assembly_type = 0`

export async function readAliasTypes(catalog: Catalog, comments: Comments): Promise<readonly AliasType[]> {
  const rows = await catalog.query<AliasTypeRow>(ALIAS_TYPES)
  return byQualifiedName(rows.map((row) => mapAliasType(row, comments)))
}

export function mapAliasType(row: AliasTypeRow, comments: Comments): AliasType {
  const schema = row.typeSchema ?? 'dbo'
  const { native, logical } = mapType(row, `type ${quote(schema, row.typeName)}`)
  const { alias: _, ...base } = native
  return {
    schema,
    name: row.typeName,
    native: base,
    logical,
    nullable: row.nullable,
    ...comments.type(row.id),
  }
}
