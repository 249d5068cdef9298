import type { Expression, Join } from '@albackup/core'
import { notUnderstood, type TokenCursor } from '../token-cursor.ts'
import { compare, join } from '../tree.ts'
import { parseName } from './from-clause.ts'
import type { ScopeRelation } from './query-scope.ts'

type Parts = readonly ScopeRelation[]

/** The names of `USING (a, b)`. */
export function parseUsing(cursor: TokenCursor): readonly string[] {
  cursor.expect('(')
  const names = cursor.list(() => parseName(cursor))
  if (cursor.accept('as')) parseName(cursor)
  return names
}

/** The columns of those names are equal on both sides. */
export function equalColumns(names: readonly string[], left: Parts, right: Parts): Expression {
  return join('and', ...names.map((name) => compare('=', columnOf(name, left), columnOf(name, right))))
}

/** What a further USING can name: of columns that are one in the join those of the side that has all its rows; of a full join neither. */
export function mergedParts(names: readonly string[], kind: Join['join'], left: Parts, right: Parts): Parts {
  const without = (parts: Parts): Parts =>
    parts.map(({ alias, columns }) => ({
      alias,
      columns: new Map([...columns].filter(([name]) => !names.includes(name))),
    }))
  const isHalf = kind === 'right' || kind === 'full'
  return [...(isHalf ? without(left) : left), ...(kind === 'right' ? right : without(right))]
}

function columnOf(name: string, parts: Parts) {
  const [found, ...others] = parts.flatMap(({ alias, columns }) => {
    const own = columns.get(name)
    return own === undefined ? [] : [{ kind: 'column', name: own, of: alias } as const]
  })
  return found === undefined || others.length > 0
    ? notUnderstood(`its column ${name} may be of more than one table`)
    : found
}
