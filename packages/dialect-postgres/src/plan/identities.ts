import { type Column, type Identity, type IntegerType, fullName as sourceName } from '@albackup/core'
import { fullName, setDefault, type TableName } from '../ddl.ts'
import { quoteText } from '../quote.ts'
import { createSequence, identityClause, ownSequence, setIdentity, setOwnedSequence } from '../sequence-ddl.ts'
import type { Planning } from './planning.ts'
import { BIGINT, identityDefinition, identityReach, integerRange, wideIdentityDefinition } from './sequences.ts'
import type { TableDraft } from './table-draft.ts'

/** What stands after the type in the definition of an identity column; empty for other columns. */
export function identityWords({ identity, logical }: Column): string {
  if (identity === undefined || logical.kind !== 'integer') return ''
  return ` ${identityClause(identityDefinition(logical, identity))}`
}

const BITS: Readonly<Record<string, IntegerType['bits']>> = { smallint: 16, integer: 32, bigint: 64 }

/** As the target reflects it. `type`: of the column, which gives the bounds that are not said. */
export function madeIdentity(logical: IntegerType, identity: Identity, type: string): Identity {
  const { seed, increment } = identity
  const said = identityDefinition(logical, identity)
  const [least, greatest] = integerRange({ kind: 'integer', bits: BITS[type] ?? 64, signed: true })
  const usual = increment.startsWith('-') ? [least, '-1'] : ['1', greatest]
  const [minimum, maximum] = [said.minimum ?? usual[0]!, said.maximum ?? usual[1]!]
  return { seed, increment, lastValue: null, native: { kind: 'by default', cycle: false, minimum, maximum } }
}

/** The next value of an identity, and all of it where PostgreSQL has no identity of the type. */
export function planIdentity(table: TableDraft, { name: source, identity, logical }: Column, planning: Planning): void {
  const name = table.carried.get(source)
  if (identity === undefined || name === undefined) return
  const object = `${sourceName(table.source)}.${source}`
  if (logical.kind === 'integer') {
    const sql = setIdentity(table.target, name, identity, identityReach(logical, identity))
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
