import type { Check, Finding, ForeignKey } from '@albackup/core'
import { addConstraint, constraintName, disableConstraint, foreignKeyClause, parenthesised } from '../ddl.ts'
import { domainChecks } from './migration/domains.ts'
import { migratedReference } from './migration/references.ts'
import { migratedCheck } from './migration/translated.ts'
import { isOwn, type Planning, sourceName } from './planning.ts'
import type { TableDraft } from './tables.ts'

/**
 * A constraint that the source has verified is verified here, too. Where rows break it, it is made all the same, not trusted, as
 * the source has those it did not verify.
 */
export function planChecks(table: TableDraft, planning: Planning): void {
  const ofDomains = isOwn(planning) ? [] : domainChecks(table, planning.model)
  for (const check of [...table.source.checks, ...ofDomains]) {
    const object = `${table.object}.${sourceName(planning, check.name)}`
    if (!isOwn(planning)) {
      const kept = migratedCheck(table, check, object, planning)
      const condition = kept && `check ${parenthesised(kept.expression.native)}`
      if (kept && condition) planConstraint(kept, condition, { kind: 'check', object, table: table.name }, planning)
      if (kept) planning.draft.schema.check(table.planned, withoutNative(kept))
      continue
    }
    if (check.expression.native === '') {
      planning.draft.find('lost', 'check', object, 'is left out: the source did not tell what it is')
      continue
    }
    const replication = check.native?.notForReplication === true ? 'not for replication ' : ''
    const words = `check ${replication}${parenthesised(planning.names.text(check.expression.native))}`
    planConstraint(check, words, { kind: 'check', object, table: table.name }, planning)
  }
}

export function planForeignKeys(table: TableDraft, planning: Planning): void {
  for (const key of table.source.foreignKeys) {
    const object = `${table.object}.${sourceName(planning, key.name)}`
    const kept = isOwn(planning) ? key : migratedReference(table, key, object, planning)
    if (kept === undefined) continue
    const words = foreignKeyClause({
      ...kept,
      references: planning.names.full(key.references),
      referencedColumns: kept.references.columns,
      notForReplication: isOwn(planning) && key.native?.notForReplication === true,
    })
    planConstraint(kept, words, { kind: 'foreign key', object, table: table.name }, planning)
    if (isOwn(planning)) continue
    const references = { ...kept.references, ...planning.names.of(key.references) }
    planning.draft.schema.foreignKey(table.planned, { ...withoutNative(kept), references })
  }
}

function withoutNative<T extends Check | ForeignKey>({ native: _, ...constraint }: T): Omit<T, 'native'> {
  return constraint
}

interface Place {
  readonly kind: 'check' | 'foreign key'
  readonly object: string
  readonly table: string
}

function planConstraint(constraint: Check | ForeignKey, words: string, place: Place, { draft }: Planning): void {
  const { name, systemNamed, enabled, trusted } = constraint
  const { kind, object, table } = place
  // One that is switched off afterwards must be called by a name.
  const clause = `${constraintName(systemNamed && enabled ? null : name)}${words}`
  const unverified = addConstraint(table, clause, 'with nocheck ')
  if (enabled && trusted) {
    const finding: Finding = {
      severity: 'changed',
      kind,
      object,
      message: 'is not trusted: rows of the backup break it',
    }
    const sql = addConstraint(table, clause, 'with check ')
    draft.add('references', { kind, object, sql, fallback: { sql: unverified, finding } })
    return
  }
  draft.add('references', { kind, object, sql: unverified })
  if (!enabled) draft.add('references', { kind, object, sql: disableConstraint(table, name) })
}
