import { expect, it } from 'vitest'
import { CatalogViews } from './catalog.ts'
import { mapType } from './column-type.ts'
import { readSequences } from './sequences.ts'

it('a sequence of decimals has its own precision, not the greatest of the type', async () => {
  const statements: string[] = []
  const query = async (sql: string) => {
    statements.push(sql)
    return []
  }
  await readSequences({ query, views: new CatalogViews(new Set()) }, {} as never)
  expect(statements[0]).toContain('cast(q.precision as int) as [precision]')
  expect(statements[0]).toContain('cast(0 as int) as [scale]')
})

it('a built-in type goes by its own name, also where the system type underneath has another', () => {
  const row = { typeName: 'vector', typeSchema: 'sys', isAlias: false, isClr: false, collation: null }
  const measures = { baseType: 'varbinary', maxLength: 20, precision: 0, scale: 0 }
  expect(mapType({ ...row, ...measures }, 'column [c]')).toEqual({
    native: { declaration: 'vector(3)' },
    logical: { kind: 'json' },
  })
})
