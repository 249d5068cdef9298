import type { ForeignKey, PlannedTable, RestorePlan, Table } from '@albackup/core'
import { expect, it } from 'vitest'
import { outsideParents } from './outside-parents.ts'
import { plannedModel } from './plan/planned-model.ts'

function foreignKey(name: string, parent: string): ForeignKey {
  return {
    name,
    systemNamed: false,
    columns: ['a', 'b'],
    references: { schema: 'dbo', name: parent, columns: ['x', 'y'] },
    onDelete: 'no action',
    onUpdate: 'no action',
    enabled: true,
    trusted: true,
  }
}

const SOURCE: Table = {
  schema: 'dbo',
  name: 'child',
  columns: [],
  uniqueKeys: [],
  foreignKeys: [foreignKey('to itself', 'child'), foreignKey('there', "it's"), foreignKey('other', 'narrow')],
  checks: [],
  indexes: [],
}

const PLANNED: PlannedTable = { source: SOURCE, schema: 'app', name: 'kid', columns: [] }

const STATEMENTS = { tables: [], keys: [], references: [], values: [], objects: [] }
const PLAN: RestorePlan = { dialect: 'mssql', tables: [PLANNED], statements: STATEMENTS, findings: [], existing: [] }

it('rows are checked against parents that are not restored, where the target has them with the columns referred to', async () => {
  const sent: string[] = []
  const query = async <Row>(sql: string) => {
    sent.push(sql)
    return [{ columns: sql.includes('narrow') ? 1 : 2 }] as readonly unknown[] as readonly Row[]
  }
  const { tables } = plannedModel(PLAN, await outsideParents(query, PLAN))
  expect(tables[0]!.foreignKeys.map(({ references }) => `${references.schema}.${references.name}`)).toEqual([
    'app.kid',
    "dbo.it's",
  ])
  expect(sent).toEqual([
    `select count(*) as [columns] from sys.columns
where object_id = object_id(N'[dbo].[it''s]', N'U') and name in (N'x', N'y')`,
    `select count(*) as [columns] from sys.columns
where object_id = object_id(N'[dbo].[narrow]', N'U') and name in (N'x', N'y')`,
  ])
})
