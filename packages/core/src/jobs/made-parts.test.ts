import { expect, it } from 'vitest'
import type { Table } from '../model/schema-model.ts'
import { RICH_MODEL } from '../testing/rich-model.ts'
import { changeSentence } from './changed-part.ts'
import { tableDeviations } from './made-parts.ts'

const NO_SETTINGS: readonly string[] = []
const OLD = {
  schema: 'app',
  name: 'old',
  statements: ['create table app.old partition of app.t'],
  settings: NO_SETTINGS,
}
const NEW = {
  schema: 'app',
  name: 'new',
  statements: ['create table app.new partition of app.t'],
  settings: NO_SETTINGS,
}

function withPartitions(...partitions: readonly (typeof OLD)[]): Table {
  return { ...RICH_MODEL.tables[0]!, native: { partitions } }
}

it.each<[string, Table, readonly string[]]>([
  ['is gone', withPartitions(NEW), ['table app.t: partition app.old is not in the target']],
  ['is as it was', withPartitions(NEW, OLD), []],
  [
    'was added',
    withPartitions(OLD, NEW, { ...NEW, name: 'more' }),
    ['table app.t: partition app.more is in the target and not in the plan'],
  ],
  [
    'was altered',
    withPartitions(OLD, { ...NEW, settings: ['set (fillfactor=70)'] }),
    ['table app.t: partition app.new has settings set (fillfactor=70) in the target and none in the plan'],
  ],
])('names a partition that %s', (_, there, expected) => {
  const { missing, added, changed } = tableDeviations('app.t', withPartitions(OLD, NEW), there)
  expect([...[...missing, ...added].map(({ sentence }) => sentence), ...changed.map(changeSentence)]).toEqual(expected)
})
