import { type Column, fullName as sourceName, type Table } from '@albackup/core'
import type { TargetFacts } from '../../catalog/target-facts.ts'
import { nativeColumn } from '../../native-ddl.ts'
import { type PartitionFacts, partitionFacts } from '../../native-facts.ts'
import { quote } from '../../quote.ts'
import type { Draft } from '../planning.ts'
import { OWN_EXPRESSIONS, VIRTUAL_COLUMNS } from './generated-columns.ts'

/** A partition repeats the columns of its table; from what it generates them may be otherwise. `columns`: those of the table, as the target has them. */
export function fitPartitions(
  table: Table,
  columns: readonly Column[],
  { version }: TargetFacts,
  draft: Draft,
): Pick<Table, 'native'> {
  const { native } = table
  if (native === undefined) return {}
  const given = partitionFacts(native)
  const changed = columns.flatMap((column, i) => {
    const before = table.columns[i]!
    return column === before ? [] : [[words(before), words(column)] as const]
  })
  const partitions = given.map((partition) => {
    const [create, ...others] = partition.statements
    const alike = changed.reduce(
      (text, [before, after]) => text.replace(`\n  ${before}`, () => `\n  ${after}`),
      create!,
    )
    const stored = version < VIRTUAL_COLUMNS ? alike.replace(VIRTUAL, ') stored') : alike
    const fitted = version < OWN_EXPRESSIONS ? generatedAsAbove(stored, partition, table, columns, draft) : stored
    return fitted === create ? partition : { ...partition, statements: [fitted, ...others] }
  })
  if (partitions.every((partition, i) => partition === given[i])) return { native }
  return { native: { ...native, partitions: partitions.map(plain) } }
}

/** Without what may be otherwise in a partition: whether it may be null, which stands last. */
function words(column: Column): string {
  const { identity: _, ...kept } = column
  return nativeColumn({ ...kept, nullable: true })
}

/** What may stand behind the words of a generated column. */
const BEHIND = String.raw`(?= not null| constraint "|,\n|\n\))`

const STORED = new RegExp(String.raw`\) stored${BEHIND}`)
const VIRTUAL = new RegExp(String.raw`\) virtual${BEHIND}`, 'g')

/** The statement that makes a partition, with columns that are generated as those of its table. */
function generatedAsAbove(
  create: string,
  partition: PartitionFacts,
  table: Table,
  columns: readonly Column[],
  draft: Draft,
): string {
  return columns.reduce((text, { name, computed }) => {
    const [from, to] = placeOfExpression(text, name)
    const theirs = computed?.expression.native
    if (theirs === undefined || from === -1 || text.slice(from, to) === theirs) return text
    const message = `is generated as in ${sourceName(table)}, a partition can say otherwise from PostgreSQL 16 on`
    draft.find('changed', 'column', `${sourceName(partition)}.${name}`, message)
    return `${text.slice(0, from)}${theirs}${text.slice(to)}`
  }, create)
}

const GENERATED = ' generated always as ('

/** From what the statement generates the column, by its first and its last place; -1 where it does not. */
function placeOfExpression(create: string, name: string): readonly [from: number, to: number] {
  const column = create.indexOf(`\n  ${quote(name)} `)
  const generated = column === -1 ? -1 : create.indexOf(GENERATED, column)
  if (generated === -1 || create.indexOf('\n', column + 1) < generated) return [-1, -1]
  const from = generated + GENERATED.length
  return [from, from + create.slice(from).search(STORED)]
}

function plain({ schema, name, statements, settings }: PartitionFacts) {
  return { schema, name, statements: [...statements], settings: [...settings] }
}
