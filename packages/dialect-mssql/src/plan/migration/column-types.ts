import {
  type Column,
  fullName,
  plainDeclaration,
  type SchemaModel,
  storedColumns,
  type Table,
  typeNames,
  UsageError,
} from '@albackup/core'
import type { MssqlPolicy } from '../../policy.ts'
import { type ForeignType, foreignType, nationalType } from '../foreign-types.ts'
import { conversion } from './conversions.ts'
import { baseDeclaration, declaredType } from './declared-types.ts'
import { keyColumns, referencePairs } from './key-columns.ts'
import { widerType } from './wider-type.ts'

/** The type of a column whose values come from another engine. */
export interface MigratedType extends ForeignType {
  /** The mapping asks for it: the target has no such column. */
  readonly omitted?: true
  /** The mapping asks for it by name. */
  readonly chosen?: true
}

/** What the longest key of a clustered index leaves for a single text, in UTF-16 units, and for bytes. */
const KEY_TEXT = 'nvarchar(450)'
const KEY_BYTES = 'varbinary(900)'

/** Every stored column of a model with its type in the target; equal models and policies give equal types. */
export class MigratedTypes {
  private readonly types = new Map<Column, MigratedType>()

  /** Throws a UsageError for a type that the values of a column cannot get. */
  constructor(model: SchemaModel, policy: MssqlPolicy) {
    for (const table of model.tables) {
      const keyed = keyColumns(table)
      for (const column of storedColumns(table)) {
        const type = chosenType(table, column, model, policy) ?? usualType(column, model, policy)
        this.types.set(column, keyed.has(column.name) ? bounded(type) : type)
      }
    }
    this.widenReferences(model)
  }

  of(column: Column): MigratedType {
    return this.types.get(column) ?? foreignType(column.logical)
  }

  /** Both sides of a reference must be of one type: the narrower column gets the type of the wider one, as often as it takes. */
  private widenReferences(model: SchemaModel): void {
    const pairs = referencePairs(model)
    for (let changed = true, round = 0; changed && round <= pairs.length; round++) {
      changed = false
      for (const [child, parent] of pairs) changed = this.widen(child, parent) || changed
    }
  }

  private widen(child: Column, parent: Column): boolean {
    const [one, other] = [this.of(child), this.of(parent)]
    if (one.declaration === other.declaration) return false
    const declaration = widerType(one.declaration, other.declaration)
    if (declaration === undefined) return false
    for (const [column, type] of [
      [child, one],
      [parent, other],
    ] as const) {
      if (type.declaration === declaration) continue
      this.types.set(column, { ...type, declaration, reason: 'as wide as the other side of a foreign key' })
    }
    return true
  }
}

function usualType(column: Column, model: SchemaModel, policy: MssqlPolicy): MigratedType {
  const declared = declaredType(column, model, policy)
  if (declared !== undefined) return declared
  const { logical } = column
  if (logical.kind === 'xml' && policy.xml === 'text') {
    return { declaration: 'nvarchar(max)', exact: true, reason: 'the text of the XML' }
  }
  if (
    logical.kind !== 'text' ||
    logical.unit !== 'characters' ||
    logical.length === null ||
    policy.text.length === 'double'
  )
    return foreignType(logical)
  const declaration = nationalType(logical.length, logical.fixed)
  const reason = 'a character beyond U+FFFF takes two of its units; a text that has no room is cut and counted'
  return { declaration, exact: false, reason }
}

/** Nothing without a limit can be in the key of an index. A type that the mapping chose stays. */
function bounded(type: MigratedType): MigratedType {
  if (type.chosen || type.omitted) return type
  const key = { 'nvarchar(max)': KEY_TEXT, 'varbinary(max)': KEY_BYTES }[type.declaration]
  if (key === undefined) return type
  const { reason } = type
  const words = 'in a key, which has room for no more: what is longer is cut and counted'
  return { declaration: key, exact: false, reason: reason === '' ? words : `${reason}; ${words}` }
}

function chosenType(table: Table, column: Column, model: SchemaModel, policy: MssqlPolicy): MigratedType | undefined {
  const chosen = chosenWords(table, column, model, policy)
  if (chosen === undefined) return undefined
  const { words, setting } = chosen
  if (words === 'none')
    return { declaration: 'none', exact: false, reason: 'left out, as the mapping says', omitted: true }
  const found = conversion(column.logical, words)
  if (found !== undefined && (column.identity === undefined || INTEGERS.test(words))) return { ...found, chosen: true }
  const reason =
    found === undefined
      ? `the values of "${column.name}", ${column.native.declaration}, have no sure counterpart in ${words}`
      : `the identity "${column.name}" cannot be ${words}`
  throw new UsageError(`cannot use setting "${setting}": ${reason}`, {
    hint: 'docs/type-mapping.md lists the types that values can be converted to.',
  })
}

const INTEGERS = /^(tinyint|smallint|int|bigint|decimal\(\d+,0\))$/

function chosenWords(table: Table, column: Column, model: SchemaModel, { columns, types }: MssqlPolicy) {
  const object = `${fullName(table)}.${column.name}`
  const own = columns[object]
  if (own !== undefined) return { words: normalised(own), setting: `mapping.columns.${object}` }
  const base = { native: { declaration: baseDeclaration(column, model) } }
  const name = [...typeNames(column), ...typeNames(base)].find((one) => Object.hasOwn(types, one))
  return name === undefined ? undefined : { words: normalised(types[name]!), setting: `mapping.types.${name}` }
}

const SYNONYMS: Readonly<Record<string, string>> = {
  integer: 'int',
  numeric: 'decimal',
  dec: 'decimal',
  'double precision': 'float',
  'float(53)': 'float',
  'float(24)': 'real',
  character: 'char',
  rowversion: 'binary(8)',
}

/** `Numeric (10, 2)` as `decimal(10,2)`. */
function normalised(type: string): string {
  const { word, measure } = plainDeclaration(type)
  const whole = SYNONYMS[word + measure]
  if (whole !== undefined) return whole
  const known = SYNONYMS[word] ?? word
  if (known === 'decimal' && measure === '') return 'decimal(18,0)'
  if (/^decimal\(\d+\)$/.test(known + measure)) return `${known}${measure.slice(0, -1)},0)`
  return /^(datetime2|datetimeoffset|time)$/.test(known + measure) ? `${known}(7)` : `${known}${measure}`
}
