import type { LogicalType } from '../model/logical-type.ts'
import { type Column, storedColumns, type Table } from '../model/schema-model.ts'

/** An Avro schema as JSON. */
export type AvroSchema = string | readonly AvroSchema[] | { readonly [property: string]: unknown }

/**
 * The schema of a table's file: one record, one field for each stored column, in order. Avro restricts names, so a field's
 * name is a safe form; the true name is its property `albackup.column`, the origin's type `albackup.native`.
 */
export function avroSchema(table: Table): AvroSchema {
  const names = new Set<string>()
  const defined = new Set<string>()
  return {
    type: 'record',
    name: safeName(table.name, new Set()),
    namespace: safeName(table.schema, new Set()),
    'albackup.schema': table.schema,
    'albackup.table': table.name,
    fields: storedColumns(table).map((column) => field(column, names, defined)),
  }
}

function field(column: Column, names: Set<string>, defined: Set<string>): AvroSchema {
  const type = valueSchema(column.logical, defined)
  return {
    name: safeName(column.name, names),
    type: column.nullable ? ['null', type] : type,
    'albackup.column': column.name,
    'albackup.native': column.native.declaration,
  }
}

/** A name of letters, digits and underscores that is not in `taken` (case ignored), and takes it. */
function safeName(name: string, taken: Set<string>): string {
  const safe = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9_]/gu, '_')
  const base = /^[A-Za-z_]/.test(safe) ? safe : `_${safe}`
  let unique = base
  for (let n = 2; taken.has(unique.toLowerCase()); n++) unique = `${base}_${n}`
  taken.add(unique.toLowerCase())
  return unique
}

function valueSchema(type: LogicalType, defined: Set<string>): AvroSchema {
  switch (type.kind) {
    case 'boolean':
      return 'boolean'
    case 'integer':
      return type.bits === 64 ? 'long' : 'int'
    case 'decimal':
      return { type: 'bytes', logicalType: 'decimal', precision: type.precision, scale: type.scale }
    case 'float':
      return type.bits === 32 ? 'float' : 'double'
    case 'date':
      return { type: 'int', logicalType: 'date' }
    case 'time':
      return { type: 'long', logicalType: type.precision > 6 ? 'albackup.time-100ns' : 'time-micros' }
    case 'timestamp':
      return { type: 'long', logicalType: timestampType(type.precision) }
    case 'timestamp-offset':
      return named(`TimestampOffset${type.precision}`, defined, {
        type: 'record',
        'albackup.type': 'timestamp-offset',
        fields: [
          { name: 'utc', type: { type: 'long', logicalType: utcType(type.precision) } },
          { name: 'offset', type: 'int', doc: 'minutes east of UTC' },
        ],
      })
    case 'instant':
      return { type: 'long', logicalType: 'timestamp-micros' }
    case 'uuid':
      return named('Uuid', defined, { type: 'fixed', size: 16, logicalType: 'uuid' })
    case 'text':
      return 'string'
    case 'xml':
    case 'json':
      return { type: 'string', 'albackup.type': type.kind }
    case 'binary':
      return type.content === undefined ? 'bytes' : { type: 'bytes', 'albackup.content': type.content }
    case 'rowversion':
      return named('RowVersion', defined, { type: 'fixed', size: 8 })
    case 'variant':
      return named('Variant', defined, {
        type: 'record',
        'albackup.type': 'variant',
        fields: [
          { name: 'type', type: 'string', doc: 'the type in the words of the origin' },
          { name: 'value', type: 'string', doc: 'the value as canonical text' },
        ],
      })
  }
}

function timestampType(precision: number): string {
  if (precision > 6) return 'albackup.timestamp-100ns'
  return precision > 3 ? 'local-timestamp-micros' : 'local-timestamp-millis'
}

function utcType(precision: number): string {
  if (precision > 6) return 'albackup.timestamp-100ns'
  return precision > 3 ? 'timestamp-micros' : 'timestamp-millis'
}

/** A named type is defined where it is used first; after that its name stands for it. */
function named(name: string, defined: Set<string>, definition: { readonly [property: string]: unknown }): AvroSchema {
  const fullName = `albackup.${name}`
  if (defined.has(fullName)) return fullName
  defined.add(fullName)
  const { type, ...rest } = definition
  return { type, name, namespace: 'albackup', ...rest }
}
