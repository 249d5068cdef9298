import { quoteText } from '../quote.ts'

/** A sql_variant of the catalog: its type, and its value as text that has every digit. */
export interface VariantRow {
  /** The base type's name; null for NULL. */
  readonly baseType: string | null
  readonly precision: number | null
  readonly scale: number | null
  /** In bytes. */
  readonly maxLength: number | null
  readonly collation: string | null
  readonly text: string | null
}

/**
 * Columns of a query that make a VariantRow of `value`. Without a style a text would lose the digits of a float, the
 * ten-thousandths of money and the milliseconds of a datetime, and binary would be taken for characters.
 */
export function variantColumns(value: string): string {
  const property = (name: string, type: string) => `cast(sql_variant_property(${value}, '${name}') as ${type})`
  return `lower(${property('BaseType', 'nvarchar(128)')}) as [baseType],
  ${property('Precision', 'int')} as [precision], ${property('Scale', 'int')} as [scale],
  ${property('MaxLength', 'int')} as [maxLength], ${property('Collation', 'nvarchar(128)')} as [collation],
  case lower(${property('BaseType', 'nvarchar(128)')})
    when 'money' then convert(nvarchar(max), convert(money, ${value}), 2)
    when 'smallmoney' then convert(nvarchar(max), convert(smallmoney, ${value}), 2)
    when 'float' then convert(nvarchar(max), convert(float, ${value}), 3)
    when 'real' then convert(nvarchar(max), convert(real, ${value}), 3)
    when 'datetime' then convert(nvarchar(max), convert(datetime, ${value}), 126)
    when 'smalldatetime' then convert(nvarchar(max), convert(smalldatetime, ${value}), 126)
    when 'date' then convert(nvarchar(max), convert(date, ${value}), 23)
    when 'binary' then convert(nvarchar(max), convert(varbinary(8000), ${value}), 1)
    when 'varbinary' then convert(nvarchar(max), convert(varbinary(8000), ${value}), 1)
    else convert(nvarchar(max), ${value}) end as [text]`
}

/** An expression of exactly that type and value. */
export function variantLiteral(row: VariantRow): string {
  const { baseType, text } = row
  if (baseType === null || text === null) return 'null'
  switch (baseType) {
    case 'int':
      return text
    case 'nvarchar':
      return quoteText(text)
    case 'binary':
    case 'varbinary':
      return `cast(${text} as ${typeOf(row)})`
    case 'char':
    case 'varchar':
      return `cast(${quoteText(text)}${row.collation === null ? '' : ` collate ${row.collation}`} as ${typeOf(row)})`
    default:
      return `cast(${quoteText(text)} as ${typeOf(row)})`
  }
}

/** In bytes; no variant holds more. */
const LONGEST = 8000

function typeOf({ baseType, precision, scale, maxLength }: VariantRow): string {
  switch (baseType) {
    case 'decimal':
    case 'numeric':
      return `${baseType}(${precision}, ${scale})`
    case 'time':
    case 'datetime2':
    case 'datetimeoffset':
      return `${baseType}(${scale})`
    case 'char':
    case 'varchar':
    case 'binary':
    case 'varbinary':
      return `${baseType}(${Math.min(Math.max(maxLength ?? 1, 1), LONGEST)})`
    case 'nchar':
      return `nchar(${Math.max((maxLength ?? 2) / 2, 1)})`
    default:
      return baseType!
  }
}
