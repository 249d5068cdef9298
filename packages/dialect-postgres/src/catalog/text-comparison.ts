import type { LogicalType, TextComparison } from '@albackup/core'
import type { TypeRow } from './types.ts'

const BY_CHARACTERS: TextComparison = { by: 'characters', caseSensitive: true, ignoresTrailingBlanks: false }
const PADDED: TextComparison = { ...BY_CHARACTERS, ignoresTrailingBlanks: true }
const IGNORING_CASE: TextComparison = { by: 'language', caseSensitive: false, ignoresTrailingBlanks: false }

const COMPARISONS: Readonly<Record<string, TextComparison>> = {
  text: BY_CHARACTERS,
  varchar: BY_CHARACTERS,
  name: BY_CHARACTERS,
  bpchar: PADDED,
}

/**
 * The type with how its texts compare: character by character in every deterministic collation, and in an enum. What is carried as
 * the text of another type has none. `base`: the type, or what a domain stands for in the end.
 */
export function withComparison(logical: LogicalType, base: TypeRow | undefined, deterministic: boolean): LogicalType {
  const comparison = base && deterministic ? comparisonOf(base) : undefined
  return logical.kind !== 'text' || comparison === undefined ? logical : { ...logical, comparison }
}

function comparisonOf({ schema, name, type, receive }: TypeRow): TextComparison | undefined {
  if (type === 'e') return BY_CHARACTERS
  if (/(^|\.)citextrecv$/.test(receive)) return IGNORING_CASE
  return schema === 'pg_catalog' && Object.hasOwn(COMPARISONS, name) ? COMPARISONS[name] : undefined
}
