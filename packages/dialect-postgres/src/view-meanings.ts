import type { Module, QualifiedName, Table, TextComparison, ViewColumn, ViewQuery } from '@albackup/core'
import { KnownRelations } from './expression-parser/query/known-relations.ts'
import { QueryReader } from './expression-parser/query/query-reader.ts'
import { parseViewText } from './expression-parser/query/view-text.ts'
import { NotUnderstood, TokenCursor } from './expression-parser/token-cursor.ts'
import { tokenize } from './expression-parser/tokens.ts'

type ColumnsOf = (view: QualifiedName) => readonly ViewColumn[]

type ViewMeaning = Pick<Module, 'meaning' | 'notUnderstood'>

/** How texts compare that are of no column: the collation of a database is deterministic. */
const COMPARISON: TextComparison = { by: 'characters', caseSensitive: true, ignoresTrailingBlanks: false }

/** A backup keeps the tree; this many characters of JSON are worth it. */
const LARGEST = 256 * 1024

/** The modules of the model, views with what they mean. */
export function withMeanings(
  tables: readonly Table[],
  modules: readonly Module[],
  columnsOf: ColumnsOf,
): readonly Module[] {
  const relations = new KnownRelations(tables)
  const views = modules.filter(({ kind }) => kind === 'view')
  for (const view of views) {
    relations.set(
      view,
      columnsOf(view).map(({ name }) => name),
    )
  }
  return modules.map((module) =>
    module.kind === 'view' ? { ...module, ...meaningOf(module, columnsOf(module), relations) } : module,
  )
}

function meaningOf(
  { definition, native }: Module,
  columns: readonly ViewColumn[],
  relations: KnownRelations,
): ViewMeaning {
  if (native?.materialized === true) return { notUnderstood: 'it keeps rows of its own (a materialized view)' }
  return definition === null ? {} : parseView(definition, columns, relations)
}

/** What a view shows, or why that is not understood: the end of a sentence. `columns`: as the catalog has them. Never throws. */
export function parseView(definition: string, columns: readonly ViewColumn[], relations: KnownRelations): ViewMeaning {
  const tokens = tokenize(definition)
  if (tokens === undefined) return { notUnderstood: 'its text is too long, or has words that are not understood' }
  const reader = new QueryReader(relations)
  const cursor = new TokenCursor(tokens, reader)
  try {
    const { columns: names, named, query, checked } = parseViewText(cursor, reader)
    if (names.length !== columns.length) return { notUnderstood: 'its columns are not those of its text' }
    const aside = [...reader.asides].sort()
    const meaning: ViewQuery = {
      columns,
      ...(named.length > 0 && { named }),
      query,
      comparison: COMPARISON,
      ...(checked && { checked }),
      ...(aside.length > 0 && { aside }),
    }
    return JSON.stringify(meaning).length > LARGEST ? { notUnderstood: 'it says too much' } : { meaning }
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error
    return { notUnderstood: error.message === '' ? reasonAt(cursor) : error.message }
  }
}

const OPERATOR = /^[-+*/<>=~!@#%^&|`?]+$/

function reasonAt(cursor: TokenCursor): string {
  const { kind, text } = cursor.peek()
  if (kind === 'symbol' && OPERATOR.test(text)) return `it has the operator ${text}`
  if (kind === 'symbol' && text === '[') return 'it takes elements of an array'
  return `its text is not understood at "${near(cursor)}"`
}

/** The words around the place where the text is left. */
function near(cursor: TokenCursor): string {
  const around = [-3, -2, -1, 0].map((ahead) => cursor.peek(ahead))
  return around.flatMap((token) => (token === undefined || token.kind === 'end' ? [] : [token.text])).join(' ')
}
