import { createType } from '../ddl.ts'
import { quote } from '../quote.ts'
import { bindObjects } from './bound-objects.ts'
import { reportDomains } from './migration/domains.ts'
import { isOwn, type Planning } from './planning.ts'

/** An alias type always has the collation of its database. */
export function planAliasTypes(planning: Planning): void {
  const { model, names, draft } = planning
  if (!isOwn(planning)) {
    reportDomains(planning)
    return
  }
  for (const type of model.types) {
    const name = names.full(type)
    draft.require('tables', {
      kind: 'type',
      object: name,
      sql: createType(name, type.native.declaration, type.nullable),
    })
    bindObjects(type.native.facts, name, quote(type.schema, type.name), planning)
  }
}
