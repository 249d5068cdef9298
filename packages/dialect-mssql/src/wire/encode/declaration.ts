import type { CatalogType } from '../../types.ts'

/** A declaration taken apart, with the collation's 5 bytes where it names them. */
export interface ParsedDeclaration extends CatalogType {
  readonly collation: Buffer | null
}

const PATTERN =
  /^(?<type>[a-z0-9_]+)(?:\((?<first>\d+|max)(?:,(?<second>\d+))?\))?(?: collate 0x(?<collation>[0-9a-f]{10}))?$/

/** The measures of the types whose declaration has a number that is not a length in bytes. */
const NATIONAL: ReadonlySet<string> = new Set(['nchar', 'nvarchar'])

/** Takes a declaration of types.ts apart: `decimal(19,4)`, `nvarchar(100) collate 0x0904d00034`. Undefined when it is none. */
export function parseDeclaration(declaration: string): ParsedDeclaration | undefined {
  const groups = PATTERN.exec(declaration)?.groups
  if (groups === undefined) return undefined
  const { type = '', first, second, collation } = groups
  const number = first === undefined ? 0 : first === 'max' ? -1 : Number(first)
  const isTime = type === 'time' || type.startsWith('datetime')
  return {
    type,
    maxLength: number > 0 && NATIONAL.has(type) ? number * 2 : number,
    precision: number,
    scale: isTime ? number : Number(second ?? 0),
    collation: collation === undefined ? null : Buffer.from(collation, 'hex'),
  }
}
