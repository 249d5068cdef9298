import { type ForeignKey, fullName, type SchemaModel } from '@albackup/core'

/**
 * The foreign keys whose actions SQL Server takes: it refuses one (error 1785) by which a delete or an update could come to a table
 * on two ways, or back to where it began. Of two that would do so the later one does nothing.
 */
export function allowedCascades({ tables }: SchemaModel): ReadonlySet<ForeignKey> {
  const allowed = new Set<ForeignKey>()
  const children = new Map<string, string[]>()
  for (const table of tables) {
    for (const key of table.foreignKeys) {
      if (!acts(key)) {
        allowed.add(key)
        continue
      }
      const [parent, child] = [fullName(key.references), fullName(table)]
      if (!isFree(parent, child, children)) continue
      children.set(parent, [...(children.get(parent) ?? []), child])
      allowed.add(key)
    }
  }
  return allowed
}

function acts({ onDelete, onUpdate }: ForeignKey): boolean {
  return onDelete !== 'no action' || onUpdate !== 'no action'
}

/** Whether no table above the parent, or itself, reaches anything that the child reaches. */
function isFree(parent: string, child: string, children: ReadonlyMap<string, readonly string[]>): boolean {
  const below = reachable(child, children)
  const above = [...children.keys(), parent].filter((table) => reachable(table, children).has(parent))
  return above.every((table) => {
    const reached = reachable(table, children)
    return ![...below].some((one) => reached.has(one))
  })
}

/** The table itself, and what is below it. */
function reachable(table: string, children: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set([table])
  for (const one of found) for (const child of children.get(one) ?? []) found.add(child)
  return found
}
