import type { NativeObject } from '@albackup/core'
import { quote, quoteText } from '../quote.ts'
import { allCarried, type Carried, joined, NOTHING } from './carried.ts'
import type { Catalog } from './catalog.ts'
import { byName, groupBy } from './lists.ts'

export interface FullTextCatalogRow {
  readonly name: string
  readonly isDefault: boolean
  readonly isAccentSensitive: boolean
}

export interface StopwordRow {
  readonly stoplistId: number
  readonly word: string
  readonly languageId: number
}

interface StoplistRow {
  readonly id: number
  readonly name: string
}

const CATALOGS = `
select cast(c.name as nvarchar(128)) as [name], cast(c.is_default as bit) as [isDefault],
  cast(c.is_accent_sensitivity_on as bit) as [isAccentSensitive]
from sys.fulltext_catalogs c`

const STOPLISTS = `
select l.stoplist_id as [id], cast(l.name as nvarchar(128)) as [name]
from sys.fulltext_stoplists l`

const STOPWORDS = `
select w.stoplist_id as [stoplistId], w.stopword as [word], cast(w.language_id as int) as [languageId]
from sys.fulltext_stopwords w
order by w.stoplist_id, w.language_id, w.stopword`

/** Full-text statements do not run within a transaction. */
export async function readFullTextCatalogs(catalog: Catalog): Promise<Carried> {
  const { query, views } = catalog
  if (!views.has('fulltext_catalogs', 'is_accent_sensitivity_on')) return NOTHING
  const catalogs = byName(await query<FullTextCatalogRow>(CATALOGS)).map(mapFullTextCatalog)
  return joined([allCarried(catalogs), await readStoplists(catalog)])
}

async function readStoplists({ query, views }: Catalog): Promise<Carried> {
  if (!views.has('fulltext_stopwords', 'stopword')) return NOTHING
  const rows = byName(await query<StoplistRow>(STOPLISTS))
  if (rows.length === 0) return NOTHING
  const words = groupBy(
    await query<StopwordRow>(STOPWORDS),
    (row) => row.stoplistId,
    (row) => row,
  )
  return allCarried(rows.map(({ id, name }) => mapStoplist(name, words.get(id) ?? [])))
}

export function mapFullTextCatalog(row: FullTextCatalogRow): NativeObject {
  const name = quote(row.name)
  const accents = `with accent_sensitivity = ${row.isAccentSensitive ? 'on' : 'off'}`
  return {
    kind: 'full-text catalog',
    name,
    statements: [`create fulltext catalog ${name} ${accents}${row.isDefault ? ' as default' : ''}`],
    stage: 'with keys',
    drop: `drop fulltext catalog ${name}`,
  }
}

export function mapStoplist(listName: string, words: readonly StopwordRow[]): NativeObject {
  const name = quote(listName)
  return {
    kind: 'full-text stoplist',
    name,
    statements: [
      `create fulltext stoplist ${name}`,
      ...words.map(
        ({ word, languageId }) => `alter fulltext stoplist ${name} add ${quoteText(word)} language ${languageId}`,
      ),
    ],
    stage: 'with keys',
    drop: `drop fulltext stoplist ${name}`,
  }
}
