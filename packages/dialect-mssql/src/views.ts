import type { ViewColumn, ViewQuery } from '@albackup/core'
import type { KnownRelations } from './expression-parser/query/known-relations.ts'
import { QueryReader } from './expression-parser/query/query-reader.ts'
import { parseViewText } from './expression-parser/query/view-text.ts'
import { textComparison } from './expression-parser/text-comparison.ts'
import { NotUnderstood, TokenCursor } from './expression-parser/token-cursor.ts'
import { tokenize } from './expression-parser/tokens.ts'

export { KnownRelations } from './expression-parser/query/known-relations.ts'

export interface ViewSource {
  readonly schema: string
  /** The whole CREATE VIEW statement. */
  readonly definition: string
  /** As the catalog has them; empty where it does not tell. */
  readonly columns: readonly ViewColumn[]
  /** Of the database. */
  readonly collation: string | null
}

export type ViewMeaning = { readonly meaning: ViewQuery } | { readonly notUnderstood: string }

/** A backup keeps the tree; this many characters of JSON are worth it. */
const LARGEST = 256 * 1024

/** What a view shows, or why that is not understood: the end of a sentence. Never throws. */
export function parseView(view: ViewSource, relations: KnownRelations): ViewMeaning {
  const tokens = tokenize(view.definition)
  if (tokens === undefined) return { notUnderstood: 'its text is too long, or no query that a view can have' }
  const reader = new QueryReader(relations, view.schema)
  const cursor = new TokenCursor(tokens, reader)
  try {
    const { columns, named, query, checked } = parseViewText(cursor, reader)
    const comparison = view.collation === null ? undefined : textComparison(view.collation)
    const asides = [...reader.asides].sort()
    const meaning: ViewQuery = {
      columns: withTypes(columns, view.columns),
      ...(named.length > 0 && { named }),
      query,
      ...(comparison !== undefined && { comparison }),
      ...(checked && { checked }),
      ...(asides.length > 0 && { aside: asides }),
    }
    return JSON.stringify(meaning).length > LARGEST ? { notUnderstood: 'it says too much' } : { meaning }
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error
    return { notUnderstood: error.message === '' ? `its text is not understood at "${near(cursor)}"` : error.message }
  }
}

/** A view keeps the columns that `*` stood for when it was made, also when those of its tables have changed since. */
function withTypes(names: readonly string[], columns: readonly ViewColumn[]): readonly ViewColumn[] {
  if (columns.length === 0) return names.map((name) => ({ name }))
  const same = names.length === columns.length && names.every((name, i) => isSame(name, columns[i]!.name))
  if (!same) throw new NotUnderstood('its columns are no longer those of its text')
  return columns
}

/** Some servers keep names in lower case, whatever is typed. */
function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

/** The words around the place where the text is left. */
function near(cursor: TokenCursor): string {
  const around = [-3, -2, -1, 0].map((ahead) => cursor.peek(ahead))
  return around.flatMap((token) => (token === undefined || token.kind === 'end' ? [] : [token.text])).join(' ')
}
