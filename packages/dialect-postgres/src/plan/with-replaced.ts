import type { Finding, MadeSchema, NativeObject, PlannedStatement, RestorePlan } from '@albackup/core'
import type { Blocker, Replaced } from '../replaced.ts'
import { lostParts } from './lost-parts.ts'
import { republish, withMemberships } from './republish.ts'

/**
 * The plan with what it needs to be honest of a target that has some of it already. Who may use what is dropped, who owns it and where
 * it is published is a matter of the target, and comes back to what is made anew; all else goes with it, and that is said.
 */
export function withReplaced(plan: RestorePlan, replaced: Replaced): RestorePlan {
  const made = plan.makes ?? NOTHING
  const { back, findings } = republish(replaced.memberships, made)
  const lost = lostParts(replaced, made)
  const more = [
    ...back.map(({ publication, sql }) => again('publication', publication, sql)),
    ...ofAdministration(replaced, made, lost).flatMap(({ kind, name, statements }) =>
      statements.map((sql) => again(kind, name, sql)),
    ),
  ]
  return {
    ...plan,
    statements: { ...plan.statements, objects: [...plan.statements.objects, ...more] },
    ...(plan.makes && { makes: withMemberships(plan.makes, back) }),
    replaced: [...findings, ...lost, ...replaced.blockers.map(blocked)],
  }
}

const NOTHING: MadeSchema = { schemas: [], types: [], sequences: [], tables: [], modules: [] }

function again(kind: string, object: string, sql: string): PlannedStatement {
  return { kind, object, sql, optional: true }
}

/** Of kinds that a restore makes on request, and which the target keeps without that. */
const ADMINISTRATIVE = ['permission', 'owner', 'owner permission']

/** As a restore with them makes them: the owner after what the user grants. Nothing of a partition that is not made again. */
function ofAdministration(
  { there, dropped }: Replaced,
  { objects = [] }: MadeSchema,
  lost: readonly Finding[],
): readonly NativeObject[] {
  if (objects.some(({ onRequest }) => onRequest === true)) return []
  const gone = new Set(lost.filter(({ kind }) => kind === 'partition').map(({ object }) => `table ${object}`))
  const isBack = ({ name }: NativeObject) => dropped.includes(name) && !gone.has(name.replaceAll('"', ''))
  return ADMINISTRATIVE.flatMap((kind) =>
    (there.objects ?? []).filter((object) => object.kind === kind && isBack(object)),
  )
}

function blocked({ kind, name }: Blocker): Finding {
  const message =
    'needs what the restore drops, so that nothing would be dropped: drop it before, or leave its table out'
  return { severity: 'blocks', kind, object: name, message }
}
