import type { AliasType } from '@albackup/core'
import { quote } from '../quote.ts'
import { type BoundObjects, type BoundRow, boundColumns, boundFacts } from './bound-objects.ts'
import type { Catalog, CatalogViews } from './catalog.ts'
import { mapType, TYPE_JOINS, type TypeRow, typeColumns } from './column-type.ts'
import type { Comments } from './comments.ts'
import { byQualifiedName, remarkable } from './lists.ts'

export interface AliasTypeRow extends TypeRow, BoundRow {
  readonly id: number
  readonly nullable: boolean
}

function aliasTypes(views: CatalogViews): string {
  return `
select t.user_type_id as [id], cast(t.is_nullable as bit) as [nullable], t.collation_name as [collation],
  ${typeColumns('t')}${boundColumns(views, 'types', 't')}
from sys.types t${TYPE_JOINS}
where t.is_user_defined = 1 and t.is_table_type = 0 and t.is_assembly_type = 0`
}

export async function readAliasTypes(
  catalog: Catalog,
  comments: Comments,
  bound: BoundObjects,
): Promise<readonly AliasType[]> {
  const rows = await catalog.query<AliasTypeRow>(aliasTypes(catalog.views))
  return byQualifiedName(rows.map((row) => mapAliasType(row, comments, bound)))
}

export function mapAliasType(row: AliasTypeRow, comments: Comments, bound: BoundObjects): AliasType {
  const schema = row.typeSchema ?? 'dbo'
  const { native, logical } = mapType(row, `type ${quote(schema, row.typeName)}`)
  const { alias: _, ...base } = native
  const facts = remarkable(boundFacts(row, bound))
  return {
    schema,
    name: row.typeName,
    native: facts === undefined ? base : { ...base, facts },
    logical,
    nullable: row.nullable,
    ...comments.type(row.id),
  }
}
