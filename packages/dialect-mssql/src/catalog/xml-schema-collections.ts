import type { NativeObject } from '@albackup/core'
import { quote, quoteText } from '../quote.ts'
import type { Carried } from './carried.ts'
import { NOTHING } from './carried.ts'
import type { Catalog } from './catalog.ts'
import { byQualifiedName } from './lists.ts'

interface CollectionRow {
  readonly schema: string
  readonly name: string
}

const COLLECTIONS = `
select cast(s.name as nvarchar(128)) as [schema], cast(x.name as nvarchar(128)) as [name]
from sys.xml_schema_collections x join sys.schemas s on s.schema_id = x.schema_id
where s.name <> 'sys'`

/** The catalog keeps no text: the server prints the schemas of a collection again, and without the right to see it nothing. */
export async function readXmlSchemaCollections({ query, views }: Catalog): Promise<Carried> {
  if (!views.has('xml_schema_collections', 'xml_collection_id')) return NOTHING
  const objects: NativeObject[] = []
  const unseen: string[] = []
  for (const { schema, name } of byQualifiedName(await query<CollectionRow>(COLLECTIONS))) {
    const [row] = await query<{ readonly text: string | null }>(
      `select cast(xml_schema_namespace(${quoteText(schema)}, ${quoteText(name)}) as nvarchar(max)) as [text]`,
    )
    const text = row?.text ?? null
    if (text === null) unseen.push(quote(schema, name))
    else objects.push(mapXmlSchemaCollection(schema, name, text))
  }
  const reason = 'the login may not see its schemas; grant it VIEW DEFINITION'
  return { objects, leftBehind: unseen.map((name) => ({ kind: 'xml schema collection', name, reason })) }
}

export function mapXmlSchemaCollection(schema: string, name: string, text: string): NativeObject {
  const collection = quote(schema, name)
  return {
    kind: 'xml schema collection',
    name: collection,
    statements: [`create xml schema collection ${collection} as ${quoteText(text)}`],
    stage: 'before tables',
    drop: `drop xml schema collection ${collection}`,
  }
}
