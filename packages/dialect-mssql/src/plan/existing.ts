import { RefusedError } from '@albackup/core'
import { nameFolding, objectName, type TargetFacts, type TargetObject } from '../catalog/target-facts.ts'
import { quote } from '../quote.ts'
import type { Planning } from './planning.ts'

/** Something the restore makes, by its full name in the target. */
interface Made {
  readonly name: string
  readonly group: Group
}

/** Things that can take one another's place. */
type Group = 'table' | 'module' | 'sequence' | 'type' | 'other'

/**
 * What of the backup the target has already, by the names the restore gives. Throws a RefusedError where something else has the
 * name of a table: it is not the backup's to drop.
 */
export function existingObjects(planning: Planning): readonly string[] {
  const fold = nameFolding(planning.target.collation)
  const there = byName(planning.target, fold)
  return madeObjects(planning).flatMap(({ name, group }) => {
    const found = there.get(fold(name)) ?? []
    if (found.length === 0) return []
    const other = found.find((object) => group !== 'other' && groupOf(object) !== group)
    if (other === undefined) return [name]
    throw new RefusedError(`cannot restore ${name}: the target has a ${other.kind} of that name`, {
      hint: 'Drop or rename it, or restore the schema under another name ("mapping": { "schemas": … }).',
    })
  })
}

export function byName(
  { objects }: Pick<TargetFacts, 'objects'>,
  fold: (name: string) => string,
): ReadonlyMap<string, readonly TargetObject[]> {
  const found = new Map<string, TargetObject[]>()
  for (const object of objects) {
    const name = fold(objectName(object))
    found.set(name, [...(found.get(name) ?? []), object])
  }
  return found
}

function madeObjects({ model, names }: Planning): readonly Made[] {
  const made = (group: Group) => (name: { readonly schema: string; readonly name: string }) => ({
    name: names.full(name),
    group,
  })
  const isTaken = ({ stage, drop }: { readonly stage: string; readonly drop?: string }) =>
    stage === 'before tables' || drop !== undefined
  return [
    ...model.tables.map(made('table')),
    ...(model.dialect === 'mssql' ? model.modules.map(made('module')) : []),
    ...model.sequences.map(made('sequence')),
    ...model.types.map(made('type')),
    ...(model.dialect === 'mssql' ? (model.objects ?? []) : [])
      .filter(isTaken)
      .map((object) => ({ name: names.text(object.name), group: 'other' as const })),
  ].filter(({ name }, i, all) => all.findIndex((one) => one.name === name) === i)
}

const MODULES = new Set(['view', 'procedure', 'function', 'trigger'])

function groupOf({ kind }: TargetObject): Group {
  if (kind === 'table' || kind === 'sequence' || kind === 'type') return kind
  return MODULES.has(kind) ? 'module' : 'other'
}

/** The statement that drops it. */
export function dropStatement(object: TargetObject): string {
  if (object.kind === 'database trigger') return `drop trigger ${quote(object.name)} on database`
  return `drop ${object.kind} ${objectName(object)}`
}
