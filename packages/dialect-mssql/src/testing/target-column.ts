import type { Column, LogicalType } from '@albackup/core'
import { describeType } from '../types.ts'
import type { ColumnPair } from '../wire/encode/column-pair.ts'
import { parseDeclaration } from '../wire/encode/declaration.ts'
import { sentType } from '../wire/encode/sent-type.ts'

/** SQL_Latin1_General_CP1_CI_AS. */
const LATIN1 = Buffer.from('0904d00034', 'hex')

/** A column that was read as `logical`, and the column of the given declaration that its values go to. */
export function pair(source: Column, declaration: string, collation: Uint8Array = LATIN1): ColumnPair {
  const parsed = catalogType(declaration)
  const described = describeType(parsed)!
  const target = {
    name: source.name,
    declaration,
    type: sentType(parsed, Buffer.from(collation)),
    logical: described.logical,
    nullable: source.nullable,
    identity: false,
    generated: false,
    isXml: parsed.type === 'xml',
  }
  return { source, target, isSent: true, isCompared: true }
}

/** What a column of the given declaration is read as. */
export function logicalOf(declaration: string): LogicalType {
  return describeType(catalogType(declaration))!.logical
}

/** sys.types calls rowversion by its old name. */
function catalogType(declaration: string) {
  return parseDeclaration(declaration === 'rowversion' ? 'timestamp' : declaration)!
}
