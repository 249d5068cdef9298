import { CannotCarryError, type LogicalType, type NativeType } from '@albackup/core'
import { textComparison } from '../expression-parser.ts'
import { quote } from '../quote.ts'
import { type DescribedType, describeClrType, describeType } from '../types.ts'

/** The type of a column, alias type or sequence, as sys.types tells it. */
export interface TypeRow {
  /** The built-in type underneath, in lower case. */
  readonly baseType: string
  readonly typeSchema: string | null
  readonly typeName: string
  readonly isAlias: boolean
  readonly isClr: boolean
  readonly maxLength: number
  readonly precision: number
  readonly scale: number
  readonly collation: string | null
}

/**
 * Columns for a query in which `source` has the measures of a type and `t` is its row in sys.types; needs TYPE_JOINS. A type's
 * own row is joined by user_type_id: nvarchar and sysname share their system_type_id.
 */
export function typeColumns(source: string): string {
  return `lower(coalesce(b.name, t.name)) as [baseType], cast(ts.name as nvarchar(128)) as [typeSchema],
  cast(t.name as nvarchar(128)) as [typeName],
  cast(t.is_user_defined as bit) as [isAlias], cast(t.is_assembly_type as bit) as [isClr],
  cast(${source}.max_length as int) as [maxLength], cast(${source}.precision as int) as [precision],
  cast(${source}.scale as int) as [scale]`
}

export const TYPE_JOINS = `
left join sys.types b on b.user_type_id = t.system_type_id
left join sys.schemas ts on ts.schema_id = t.schema_id`

/** nvarchar(128), which every name in the catalog has. */
const SYSNAME = { type: 'nvarchar', maxLength: 256, precision: 0, scale: 0 } as const

const SYSTEM_CLR = new Set(['hierarchyid', 'geometry', 'geography'])

/** `object`: whose type it is, for the message when the type is not known. */
export function mapType(row: TypeRow, object: string): { readonly native: NativeType; readonly logical: LogicalType } {
  const typeName = row.typeName.toLowerCase()
  const schema = row.typeSchema ?? 'sys'
  if (row.isClr && !SYSTEM_CLR.has(typeName)) {
    const { declaration, logical } = describeClrType({ schema, name: row.typeName })
    return { native: { declaration }, logical }
  }
  const isSysname = typeName === 'sysname' && !row.isAlias
  const described = isSysname ? describeType(SYSNAME) : describeBuiltIn(row, typeName)
  if (described === undefined) {
    throw new CannotCarryError(`cannot carry ${object}: its type ${row.typeName} is not known`, {
      hint: 'Please report the type.',
    })
  }
  const alias = isSysname ? { schema: 'sys', name: 'sysname' } : { schema, name: row.typeName }
  return {
    native: {
      declaration: described.declaration,
      ...(row.collation !== null && described.logical.kind === 'text' && { collation: row.collation }),
      ...((row.isAlias || isSysname) && { alias }),
    },
    logical: withComparison(described.logical, row.collation),
  }
}

/** Texts are compared by their collation; expressions mean nothing without knowing how. */
function withComparison(logical: LogicalType, collation: string | null): LogicalType {
  if (logical.kind !== 'text' || collation === null) return logical
  const comparison = textComparison(collation)
  return comparison === undefined ? logical : { ...logical, comparison }
}

/** A built-in type by its own name, where it is known: vector has the system type of varbinary underneath. */
function describeBuiltIn(row: TypeRow, typeName: string): DescribedType | undefined {
  const own = row.isAlias ? undefined : describeType({ ...row, type: typeName })
  return own ?? describeType({ ...row, type: row.baseType })
}

/** For messages: `column [dbo].[T].[c]`. */
export function columnOf(schema: string, table: string, column: string): string {
  return `column ${quote(schema, table, column)}`
}
