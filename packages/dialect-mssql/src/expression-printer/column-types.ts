import type { LogicalType, LogicalTypeOf } from '@albackup/core'
import { foreignType } from '../plan/foreign-types.ts'
import { quote } from '../quote.ts'
import type { ContextColumn } from './context.ts'

/** As an expression names it. */
export function columnName({ name, of }: Pick<ContextColumn, 'name' | 'of'>): string {
  return of === undefined ? quote(name) : quote(of, name)
}

/**
 * The type of a column as T-SQL computes with it: the usual one for its values, a wider number, or a text of another length.
 * undefined when the target keeps it in a type of another kind.
 */
export function typeThere({ logical, type }: ContextColumn): LogicalType | undefined {
  switch (logical.kind) {
    case 'text':
      return textThere(logical, type)
    case 'integer':
      return integerThere(logical, type)
    case 'decimal':
      return decimalThere(logical, type)
    default:
      return type === foreignType(logical).declaration ? logical : undefined
  }
}

/** A text has no more characters than its column has room for. */
function textThere(logical: LogicalTypeOf<'text'>, type: string): LogicalType | undefined {
  const [, varying, room] = /^n(var)?char\((\d+|max)\)$/.exec(type) ?? []
  const isPadded = varying === undefined
  if (room === undefined || (isPadded && !logical.fixed)) return undefined
  return room === 'max' ? logical : { ...logical, length: Math.min(logical.length ?? Number(room), Number(room)) }
}

const BITS: Readonly<Record<string, 16 | 32 | 64>> = { smallint: 16, int: 32, bigint: 64 }

function integerThere(logical: LogicalTypeOf<'integer'>, type: string): LogicalType | undefined {
  const bits = BITS[type]
  if (bits === undefined || bits <= logical.bits) return type === foreignType(logical).declaration ? logical : undefined
  return { kind: 'integer', bits, signed: true }
}

function decimalThere(logical: LogicalTypeOf<'decimal'>, type: string): LogicalType | undefined {
  const [, precision, scale] = (/^decimal\((\d+),(\d+)\)$/.exec(type) ?? []).map(Number)
  const isWider = precision !== undefined && precision >= logical.precision && scale === logical.scale
  return isWider ? { ...logical, precision } : undefined
}
