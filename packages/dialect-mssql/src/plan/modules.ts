import type { Module, PlannedStatement, QualifiedName, SchemaPart } from '@albackup/core'
import { isRenamed, withTrueName } from '../catalog/module-name.ts'
import { usingSettings } from '../settings.ts'
import { isOwn, type Planning, sourceName } from './planning.ts'

/** `modules` in an order in which they can be made; createSchema tries again what failed, until nothing more succeeds. */
export function planModules(modules: readonly Module[], part: SchemaPart, planning: Planning): void {
  for (const module of modules) {
    const { definition } = module
    const object = moduleObject(module, planning)
    if (!isOwn(planning)) {
      if (module.kind === 'view') continue
      planning.draft.find('lost', module.kind, object, 'is left out, its text is in another language than T-SQL')
    } else if (definition === null) {
      planning.draft.find(
        'lost',
        module.kind,
        object,
        'is left out: the source did not show its text (WITH ENCRYPTION)',
      )
    } else {
      planning.draft.add(part, moduleStatement(module, definition, planning))
      planTriggerState(module, part, planning)
    }
  }
}

/** A module was made under the settings of its time, and its text may still have a name from before it was renamed. */
function moduleStatement(module: Module, definition: string, { names }: Planning): Omit<PlannedStatement, 'optional'> {
  const target = { ...names.of(module), ...(module.on !== undefined && { on: names.of(module.on) }) }
  const text = names.text(definition)
  const off = [
    ...(module.native?.ansiNullsOff === true ? ['ansi_nulls'] : []),
    ...(module.native?.quotedIdentifierOff === true ? ['quoted_identifier'] : []),
  ]
  const sql = isRenamed(text, target) ? withTrueName(text, target) : text
  return { kind: module.kind, object: withTable(module, (one) => names.full(one)), sql: usingSettings(off, sql) }
}

/** In the source; a trigger with the table it is on, for an engine may have several of one name. */
function moduleObject(module: Module, planning: Planning): string {
  return withTable(module, ({ schema, name }) => sourceName(planning, schema, name))
}

function withTable({ schema, name, on }: Module, nameOf: (one: QualifiedName) => string): string {
  const own = nameOf({ schema, name })
  return on === undefined ? own : `${own} on ${nameOf(on)}`
}

function planTriggerState(module: Module, part: SchemaPart, { names, draft }: Planning): void {
  if (module.kind !== 'trigger' || module.on === undefined || module.native?.disabled !== true) return
  const trigger = names.full({ schema: module.on.schema, name: module.name })
  const sql = `disable trigger ${trigger} on ${names.full(module.on)}`
  draft.add(part, { kind: 'trigger', object: withTable(module, (one) => names.full(one)), sql })
}
