import { type Column, fullName, plainDeclaration, type QualifiedName, typeNames, UsageError } from '@albackup/core'
import { conversion, isConversionTarget } from '../conversions.ts'
import { type TargetType, targetType } from '../types.ts'
import type { Planning } from './planning.ts'
import { holdsIdentity, integerOf } from './sequences.ts'

/** The type of a stored column: the one the mapping asks for, or else the usual one. */
export function columnType(table: QualifiedName, column: Column, planning: Planning): TargetType {
  const { policy, features } = planning
  const usual = targetType(column.logical, policy, features)
  const chosen = chosenType(table, column, planning)
  if (chosen === undefined || chosen.type === usual.type || column.computed !== undefined) return usual
  const { type, setting } = chosen
  const found = conversion(column.logical, type)
  if (found !== undefined && (column.identity === undefined || holdsIdentity(type, column.identity))) {
    return { type, exact: found.exact, reason: found.reason, chosen: true }
  }
  throw new UsageError(`cannot use setting "${setting}": ${reasonAgainst(column, type)}`, {
    hint: 'docs/type-mapping.md lists the types that values can be converted to.',
  })
}

/** The setting of the mapping that gives a stored column its type; undefined where it has the usual one. */
export function typeSetting(table: QualifiedName, column: Column, planning: Planning): string | undefined {
  return columnType(table, column, planning).chosen && chosenType(table, column, planning)?.setting
}

function chosenType(table: QualifiedName, column: Column, { policy }: Planning) {
  const object = `${fullName(table)}.${column.name}`
  const own = policy.columns[object]
  if (own !== undefined) return { type: normalised(own), setting: `mapping.columns.${object}` }
  const name = typeNames(column).find((one) => Object.hasOwn(policy.types, one))
  return name === undefined ? undefined : { type: normalised(policy.types[name]!), setting: `mapping.types.${name}` }
}

function reasonAgainst({ name, native, identity }: Column, type: string): string {
  if (!isConversionTarget(type)) return `"${type}" is no type that values can be converted to`
  if (identity !== undefined) {
    const beyond = integerOf(type) === undefined ? '' : `: it is at ${identity.lastValue ?? identity.seed}`
    return `the identity "${name}" cannot be ${type}${beyond}`
  }
  return `the values of "${name}", ${native.declaration}, have no sure counterpart in ${type}`
}

const SYNONYMS: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int: 'integer',
  int4: 'integer',
  int8: 'bigint',
  bool: 'boolean',
  decimal: 'numeric',
  float4: 'real',
  float8: 'double precision',
  'character varying': 'varchar',
}

/** `Decimal (10, 2)` as `numeric(10,2)`. */
function normalised(type: string): string {
  const { word, measure } = plainDeclaration(type)
  return `${SYNONYMS[word] ?? word}${measure}`
}
