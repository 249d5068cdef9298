import type { Catalog } from './catalog.ts'

interface CommentRow {
  readonly class: number
  readonly major: number
  readonly minor: number
  readonly text: string
}

/** Class 1: an object or its column, 3: a schema, 6: a type, 7: an index. */
const COMMENTS = `
select p.class, p.major_id as [major], p.minor_id as [minor], convert(nvarchar(max), p.value) as [text]
from sys.extended_properties p
where p.name = 'MS_Description' and p.class in (1, 3, 6, 7) and p.value is not null`

/** The MS_Description properties: what SQL Server's own tools show as description. */
export interface Comments {
  /** `{ comment }` of an object, or of its column. */
  object(id: number, column?: number): { readonly comment?: string }
  schema(id: number): { readonly comment?: string }
  type(id: number): { readonly comment?: string }
  index(object: number, index: number): { readonly comment?: string }
}

export async function readComments(catalog: Catalog): Promise<Comments> {
  const rows = await catalog.query<CommentRow>(COMMENTS)
  const texts = new Map(rows.map((row) => [`${row.class} ${row.major} ${row.minor}`, row.text]))
  const find = (kind: number, major: number, minor: number) => {
    const comment = texts.get(`${kind} ${major} ${minor}`)
    return comment === undefined ? {} : { comment }
  }
  return {
    object: (id, column = 0) => find(1, id, column),
    schema: (id) => find(3, id, 0),
    type: (id) => find(6, id, 0),
    index: (object, index) => find(7, object, index),
  }
}

export const NO_COMMENTS: Comments = { object: () => ({}), schema: () => ({}), type: () => ({}), index: () => ({}) }
