import { expect, it } from 'vitest'
import type { Module, SchemaModel } from '../model/schema-model.ts'
import { fullName } from '../model/scope.ts'
import { RICH_MODEL } from '../testing/rich-model.ts'
import { objectDeviations } from './made-objects.ts'

const PARENTS = RICH_MODEL.tables.map(({ schema, name }) => ({ schema, name }))

/** An engine that names triggers within their table has one `touch` on each. */
const TRIGGERS = PARENTS.map(
  (on): Module => ({ kind: 'trigger', schema: 'dbo', name: 'touch', definition: `create trigger on ${on.name}`, on }),
)

function sentences(planned: readonly Module[], there: readonly Module[]): readonly string[] {
  const withModules = (modules: readonly Module[]): SchemaModel => ({ ...RICH_MODEL, modules })
  const { missing, added, changed } = objectDeviations(withModules(planned), withModules(there), true)
  return [
    ...[...missing, ...added].map(({ sentence }) => sentence),
    ...changed.map(({ name, aspect, planned, found }) => `${name} ${aspect}: ${planned}, ${found}`),
  ]
}

it('tells triggers of one name by their tables', () => {
  const [first, second] = TRIGGERS as [Module, Module]
  const [one, other] = PARENTS.map(fullName)
  expect(sentences(TRIGGERS, TRIGGERS)).toEqual([])
  expect(sentences(TRIGGERS, [second])).toEqual([`trigger dbo.touch on ${one} is not in the target`])
  expect(sentences([first], TRIGGERS)).toEqual([`trigger dbo.touch on ${other} is in the target and not in the plan`])
})

it('says of a trigger whether it is on', () => {
  const [trigger] = TRIGGERS as [Module]
  const name = `dbo.touch on ${fullName(PARENTS[0]!)}`
  const off = { ...trigger, native: { disabled: true } }
  const forReplicas = { ...trigger, native: { state: 'enabled for replicas' } }
  expect(sentences([trigger], [off])).toEqual([`${name} state: enabled, disabled`])
  expect(sentences([forReplicas], [trigger])).toEqual([`${name} state: enabled for replicas, enabled`])
})
