import { type ForeignKey, fullName, type SchemaModel } from '@albackup/core'

/**
 * The foreign keys whose actions SQL Server takes: it refuses one (error 1785) by which a delete or an update could come to a table
 * on two ways, or back to where it began. Of two that would do so the later one does nothing.
 */
export function allowedCascades({ tables }: SchemaModel): ReadonlySet<ForeignKey> {
  const allowed = new Set<ForeignKey>()
  const [children, parents]: [Neighbours, Neighbours] = [new Map(), new Map()]
  for (const table of tables) {
    for (const key of table.foreignKeys) {
      if (acts(key)) {
        const [parent, child] = [fullName(key.references), fullName(table)]
        if (!isFree(parent, child, children, parents)) continue
        addNeighbour(children, parent, child)
        addNeighbour(parents, child, parent)
      }
      allowed.add(key)
    }
  }
  return allowed
}

type Neighbours = Map<string, string[]>

function addNeighbour(neighbours: Neighbours, of: string, other: string): void {
  const others = neighbours.get(of)
  if (others === undefined) neighbours.set(of, [other])
  else others.push(other)
}

function acts({ onDelete, onUpdate }: ForeignKey): boolean {
  return onDelete !== 'no action' || onUpdate !== 'no action'
}

/** Whether no table above the parent, or itself, reaches anything that the child reaches. */
function isFree(parent: string, child: string, children: Neighbours, parents: Neighbours): boolean {
  const ways = reachable(reachable([child], children), parents)
  return [...reachable([parent], parents)].every((table) => !ways.has(table))
}

/** The tables themselves, and all that their neighbours lead to. */
function reachable(tables: Iterable<string>, neighbours: Neighbours): ReadonlySet<string> {
  const found = new Set(tables)
  for (const one of found) for (const other of neighbours.get(one) ?? []) found.add(other)
  return found
}
