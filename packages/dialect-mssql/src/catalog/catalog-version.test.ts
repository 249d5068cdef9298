import { describe, expect, it } from 'vitest'
import { type Answer, scriptedCatalog } from '../testing/scripted-catalog.ts'
import { CatalogViews } from './catalog.ts'
import { catalogVersion } from './catalog-version.ts'
import { WATCHED_VIEWS } from './watched-views.ts'

const versionOf = (...answers: readonly Answer[]) => catalogVersion(scriptedCatalog(...answers))

describe('the version of a catalog', () => {
  it('is the same for the same rows, on 64 hexadecimal digits', async () => {
    const version = await versionOf()
    expect(version).toMatch(/^[0-9a-f]{64}$/)
    expect(await versionOf()).toBe(version)
  })

  it.each(WATCHED_VIEWS.map(({ view }) => view))('is another when a row of sys.%s is', async (view) => {
    const row = (value: number): Answer => [new RegExp(`^\nselect x\\..*\nfrom sys\\.${view} x\\b`), [{ value }]]
    expect(await versionOf(row(1))).not.toBe(await versionOf(row(2)))
    expect(await versionOf(row(1))).not.toBe(await versionOf())
  })

  it.each<[string, RegExp, object]>([
    ['another login asks', /suser_sname/, { login: 'other' }],
    ['a text is another, or not shown', /datalength\(m\.definition\)/, { id: 1, length: null }],
    ['a property has another type', /extended_properties/, { name: 'p', baseType: 'int' }],
    ['something more is left behind', /sys\.certificates/, { schema: null, name: 'c' }],
    ['a mask is not seen through any more', /sys\.masked_columns c/, { schema: 'dbo', table: 't', column: 'c' }],
  ])('is another when %s', async (_, pattern, row) => {
    expect(await versionOf([pattern, [row]])).not.toBe(await versionOf())
  })

  it('does not ask for what changes with the rows', async () => {
    const sent: string[] = []
    const catalog = scriptedCatalog()
    const query: typeof catalog.query = (sql) => {
      sent.push(sql)
      return catalog.query(sql)
    }
    await catalogVersion({ ...catalog, query })
    expect(sent.join('\n')).not.toMatch(/last_value|current_value|last_used_value|\brows\b|modified_extent|crawl_/)
  })

  it('asks a server only for what it has', async () => {
    const sent: string[] = []
    const views = new CatalogViews(new Set(['schemas.schema_id', 'schemas.name']))
    const query = async (sql: string) => {
      sent.push(sql)
      return []
    }
    await catalogVersion({ query, views })
    const watched = sent.filter((sql) => / x\b/.test(sql))
    expect(watched).toEqual(['\nselect x.schema_id, x.name\nfrom sys.schemas x\norder by x.schema_id'])
  })
})
