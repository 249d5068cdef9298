import {
  type Finding,
  fullName,
  type MadeSchema,
  type NativeObject,
  type RestorePlan,
  type Table,
} from '@albackup/core'
import { partitionFacts } from '../native-facts.ts'
import type { Membership, Replaced } from '../replaced.ts'
import { lostParts } from './lost-parts.ts'

/**
 * The plan with what it needs to be honest of a target that has some of it already. Who may use what is dropped, who owns it and where
 * it is published is a matter of the target, and comes back to what is made anew; all else goes with it, and that is said.
 */
export function withReplaced(plan: RestorePlan, replaced: Replaced): RestorePlan {
  const found: Finding[] = []
  const made = plan.makes ?? NOTHING
  const objects = [...plan.statements.objects]
  for (const membership of replaced.memberships) {
    const obstacle = whyNotPublished(membership, made)
    if (obstacle === undefined) continue
    if (obstacle === '')
      objects.push({ kind: 'publication', object: membership.publication, sql: membership.sql, optional: true })
    else found.push({ severity: 'lost', kind: 'publication', object: membership.publication, message: obstacle })
  }
  for (const object of ofAdministration(replaced, made)) {
    const { kind, name } = object
    objects.push(...object.statements.map((sql) => ({ kind, object: name, sql, optional: true })))
  }
  found.push(...lostParts(replaced, made))
  for (const { kind, name } of replaced.blockers) {
    const message =
      'needs what the restore drops, so that nothing would be dropped: drop it before, or leave its table out'
    found.push({ severity: 'blocks', kind, object: name, message })
  }
  return { ...plan, statements: { ...plan.statements, objects }, ...(found.length > 0 && { replaced: found }) }
}

const NOTHING: MadeSchema = { schemas: [], types: [], sequences: [], tables: [], modules: [] }

/** Of kinds that a restore makes on request, and which the target keeps without that. */
const ADMINISTRATIVE = ['permission', 'owner', 'owner permission']

/** As a restore with them makes them: the owner after what the user grants. */
function ofAdministration({ there, dropped }: Replaced, { objects = [] }: MadeSchema): readonly NativeObject[] {
  if (objects.some(({ onRequest }) => onRequest === true)) return []
  return ADMINISTRATIVE.flatMap((kind) =>
    (there.objects ?? []).filter((object) => object.kind === kind && dropped.includes(object.name)),
  )
}

/** Empty: it comes back. undefined: nothing is to be done. Else why it does not. */
function whyNotPublished(
  { publication, table, relation, root, sql, columns, owned }: Membership,
  made: MadeSchema,
): string | undefined {
  const again = made.objects?.find(({ kind, name }) => kind === 'publication' && name === publication)?.statements ?? []
  if (again.includes(sql)) return undefined
  const sentence = `${table} does not come back to it`
  const words = sql.slice(0, sql.indexOf(` ${table}`) + table.length + 1)
  if (again.some((one) => one === words || one.startsWith(`${words} `)))
    return `${table} is in it as the backup says, and no more by: ${sql}`
  const of = made.tables.find((one) => fullName(one) === fullName(root))
  if (of === undefined || !hasRelation(of, fullName(relation)))
    return `${sentence}: the backup does not have that partition`
  const absent = columns.find((name) => !of.columns.some((column) => column.name === name))
  if (absent !== undefined)
    return `${sentence}: the backup does not have its column ${absent}, which the publication names`
  return owned ? '' : `${sentence}: it belongs to another role; its owner can say: ${sql}`
}

function hasRelation(table: Table, name: string): boolean {
  return [table, ...partitionFacts(table.native)].some((one) => fullName(one) === name)
}
