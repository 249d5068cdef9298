import type { QualifiedName } from '@albackup/core'
import { quote } from '../quote.ts'
import { namedClass } from './named-classes.ts'
import { fullName, type SecurableRow, type Securables, tableOf } from './securables.ts'

/** What an extended property belongs to, as the catalog refers to it. */
export interface PropertyTargetRow {
  readonly class: number
  readonly className: string
  readonly id: number
  readonly minorId: number
  /** The name of the column, parameter or index. */
  readonly part: string | null
  /** Of a table type, for class 8 and for what is in the table underneath. */
  readonly typeSchema: string | null
  readonly typeName: string | null
}

/** The same as sp_addextendedproperty has it. */
export interface Levels {
  /** From the outermost level to the innermost; empty: the database. */
  readonly path: readonly (readonly [type: string, name: string])[]
  /** In words, unique among all that has properties. */
  readonly object: string
  readonly table?: QualifiedName
}

/** undefined for what the catalog does not name, or is not carried. */
export function propertyLevels(row: PropertyTargetRow, securables: Securables): Levels | undefined {
  switch (row.class) {
    case 0:
      return { path: [], object: 'the database' }
    case 1:
    case 2:
    case 7:
      return row.typeName === null ? objectLevels(row, securables.find(1, row.id)) : typeColumnLevels(row)
    case 8:
      return typeColumnLevels(row)
    default:
      return namedLevels(row, securables.find(row.class, row.id))
  }
}

/** The names of level 1, by sys.objects.type. */
const LEVEL_1: Readonly<Record<string, string>> = {
  U: 'TABLE',
  V: 'VIEW',
  P: 'PROCEDURE',
  PC: 'PROCEDURE',
  X: 'PROCEDURE',
  FN: 'FUNCTION',
  IF: 'FUNCTION',
  TF: 'FUNCTION',
  FS: 'FUNCTION',
  FT: 'FUNCTION',
  AF: 'AGGREGATE',
  SO: 'SEQUENCE',
  SN: 'SYNONYM',
  SQ: 'QUEUE',
  R: 'RULE',
  D: 'DEFAULT',
}

/** The names of level 2 within the table or view that is the parent. */
const LEVEL_2: Readonly<Record<string, string>> = {
  TR: 'TRIGGER',
  TA: 'TRIGGER',
  C: 'CONSTRAINT',
  D: 'CONSTRAINT',
  F: 'CONSTRAINT',
  PK: 'CONSTRAINT',
  UQ: 'CONSTRAINT',
  EC: 'CONSTRAINT',
}

function objectLevels(row: PropertyTargetRow, object: SecurableRow | undefined): Levels | undefined {
  if (object === undefined) return undefined
  if (object.type === 'DDL')
    return { path: [['TRIGGER', object.name]], object: `database trigger ${quote(object.name)}` }
  const inside = object.parent === null ? undefined : LEVEL_2[object.type]
  const outside = LEVEL_1[inside === undefined ? object.type : (object.parentType ?? '')]
  if (object.schema === null || outside === undefined) return undefined
  const outer = [
    ['SCHEMA', object.schema],
    [outside, inside === undefined ? object.name : object.parent!],
  ] as const
  const table = tableOf(object)
  const ofTable = table !== undefined && { table }
  if (inside !== undefined) {
    const constraint = `${inside.toLowerCase()} ${quote(object.schema, object.parent!, object.name)}`
    return { path: [...outer, [inside, object.name]], object: constraint, ...ofTable }
  }
  if (row.minorId === 0 && row.class === 1) {
    return { path: outer, object: `${outside.toLowerCase()} ${fullName(object)}`, ...ofTable }
  }
  if (row.part === null) return undefined
  const part = row.class === 2 ? 'PARAMETER' : row.class === 7 ? 'INDEX' : 'COLUMN'
  const name = `${part.toLowerCase()} ${quote(object.schema, object.name, row.part)}`
  return { path: [...outer, [part, row.part]], object: name, ...ofTable }
}

/** Constraints and indexes of a table type have names that the server makes up; only its columns can be named. */
function typeColumnLevels({ class: of, part, typeSchema, typeName }: PropertyTargetRow): Levels | undefined {
  if (typeSchema === null || typeName === null || part === null || of === 7) return undefined
  return {
    path: [
      ['SCHEMA', typeSchema],
      ['TYPE', typeName],
      ['COLUMN', part],
    ],
    object: `column ${quote(typeSchema, typeName, part)}`,
  }
}

function namedLevels({ class: of }: PropertyTargetRow, named: SecurableRow | undefined): Levels | undefined {
  const level = namedClass(of)?.level
  if (named === undefined || level === undefined) return undefined
  const inSchema = named.schema === null ? [] : [['SCHEMA', named.schema] as const]
  return { path: [...inSchema, [level, named.name]], object: `${level.toLowerCase()} ${fullName(named)}` }
}
