import type { Check } from '@albackup/core'
import { quoteText } from '../quote.ts'
import type { Catalog } from './catalog.ts'
import { byName, groupBy, nativeFacts } from './lists.ts'
import { queryDefinitions } from './query-definitions.ts'
import { sqlExpression } from './sql-expression.ts'

export interface CheckRow {
  readonly tableId: number
  readonly name: string
  readonly isSystemNamed: boolean
  readonly definition: string | null
  readonly isDisabled: boolean
  readonly isNotTrusted: boolean
  readonly notForReplication: boolean
}

function checksOfTables(definition: string, condition?: string): string {
  return `
select c.parent_object_id as [tableId], cast(c.name as nvarchar(128)) as [name],
  cast(c.is_system_named as bit) as [isSystemNamed], ${definition},
  cast(c.is_disabled as bit) as [isDisabled], cast(c.is_not_trusted as bit) as [isNotTrusted],
  cast(c.is_not_for_replication as bit) as [notForReplication]
from sys.check_constraints c
where c.is_ms_shipped = 0${condition === undefined ? '' : ` and ${condition}`}`
}

/** Names of constraints are those of a schema. */
function isCheck({ tableId, name }: CheckRow): string {
  return `c.parent_object_id = ${tableId} and c.name = ${quoteText(name)}`
}

/** The checks of each table, by name. */
export async function readChecks(catalog: Catalog): Promise<(tableId: number) => readonly Check[]> {
  const rows = await queryDefinitions(catalog, 'c.definition', checksOfTables, isCheck)
  const checks = groupBy(rows, (row) => row.tableId, mapCheck)
  return (tableId) => byName(checks.get(tableId) ?? [])
}

export function mapCheck(row: CheckRow): Check {
  return {
    name: row.name,
    systemNamed: row.isSystemNamed,
    expression: sqlExpression(row.definition ?? ''),
    enabled: !row.isDisabled,
    trusted: !row.isNotTrusted,
    ...nativeFacts({ notForReplication: row.notForReplication }),
  }
}
