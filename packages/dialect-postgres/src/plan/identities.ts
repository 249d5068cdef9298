import {
  type Column,
  type Identity,
  type IntegerType,
  type LogicalType,
  type PlannedColumn,
  fullName as sourceName,
} from '@albackup/core'
import { fullName, setDefault, type TableName } from '../ddl.ts'
import { quoteText } from '../quote.ts'
import { createSequence, identityClause, ownSequence, setIdentity, setOwnedSequence } from '../sequence-ddl.ts'
import type { Planning } from './planning.ts'
import {
  BIGINT,
  identityDefinition,
  identityReach,
  integerOf,
  integerRange,
  wideIdentityDefinition,
} from './sequences.ts'
import type { TableDraft } from './table-draft.ts'

/** What stands after the type in the definition of an identity column; empty for other columns. */
export function identityWords({ identity, logical }: Column, type: string): string {
  const counted = countedIn(logical, type)
  if (identity === undefined || counted === undefined) return ''
  return ` ${identityClause(identityDefinition(counted, identity))}`
}

/** The numbers of an identity of the source in a column of the type; undefined where PostgreSQL has no identity of that. */
function countedIn(logical: LogicalType, type: string): IntegerType | undefined {
  const held = integerOf(type)
  return logical.kind === 'integer' && (held === undefined || logical.bits < held.bits) ? logical : held
}

/** As the target reflects it; undefined as above. `type`: of the column, which gives the bounds that are not said. */
export function madeIdentity({ logical, identity }: Column, type: string): Identity | undefined {
  const counted = countedIn(logical, type)
  if (identity === undefined || counted === undefined) return undefined
  const { seed, increment } = identity
  const said = identityDefinition(counted, identity)
  const [least, greatest] = integerRange(integerOf(type) ?? BIGINT)
  const usual = increment.startsWith('-') ? [least, '-1'] : ['1', greatest]
  const [minimum, maximum] = [said.minimum ?? usual[0]!, said.maximum ?? usual[1]!]
  return { seed, increment, lastValue: null, native: { kind: 'by default', cycle: false, minimum, maximum } }
}

/** The next value of an identity, and all of it where PostgreSQL has no identity of the type. */
export function planIdentity(table: TableDraft, { source, name, type }: PlannedColumn, planning: Planning): void {
  const { identity, logical } = source
  if (identity === undefined) return
  const object = `${sourceName(table.source)}.${source.name}`
  const counted = countedIn(logical, type)
  if (counted !== undefined) {
    const sql = setIdentity(table.target, name, identity, identityReach(counted, identity))
    planning.draft.add('values', { kind: 'identity', object, sql })
    return
  }
  planWideIdentity(table, name, object, identity, planning)
}

function planWideIdentity(
  table: TableDraft,
  column: string,
  object: string,
  identity: Identity,
  { names, draft }: Planning,
): void {
  const definition = wideIdentityDefinition(identity)
  if (definition === undefined) {
    draft.find('lost', 'identity', object, 'is left out, its values are beyond 64 bits')
    return
  }
  draft.find('changed', 'identity', object, 'is a default from a sequence: only integers have identities')
  const { schema } = table.target
  const wanted = `${table.target.name}_${column}_seq`
  const sequence: TableName = { schema, name: names.claimRelation(schema, wanted, object) }
  const native = `nextval(${quoteText(fullName(sequence))})`
  const create = [
    createSequence(sequence, definition),
    ownSequence(sequence, table.target, column),
    setDefault(table.target, column, native),
  ]
  for (const sql of create) draft.require('tables', { kind: 'identity', object, sql })
  draft.schema.default(table.target, column, { name: null, systemNamed: true, expression: { native } })
  const reach = identityReach(BIGINT, identity)
  const sql = setOwnedSequence(sequence, table.target, column, identity, reach)
  draft.add('values', { kind: 'identity', object, sql })
}
