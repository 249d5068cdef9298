import type { Finding, PlannedExpression, PlannedStatement, SchemaModel, SchemaPart } from '@albackup/core'
import type { TargetFacts } from '../catalog/target-facts.ts'
import type { PostgresPolicy } from '../policy.ts'
import type { TypeFeatures } from '../types.ts'
import type { TargetNames } from './target-names.ts'

/** What every part of a plan reads, and where it puts what it decides. */
export interface Planning {
  readonly model: SchemaModel
  readonly policy: PostgresPolicy
  readonly target: TargetFacts
  readonly features: TypeFeatures
  readonly names: TargetNames
  readonly draft: Draft
}

/** Statements and findings of a plan in the order in which they are decided. */
export class Draft {
  readonly findings: Finding[] = []
  readonly translations: PlannedExpression[] = []
  readonly statements: Record<SchemaPart, PlannedStatement[]> = {
    tables: [],
    keys: [],
    references: [],
    values: [],
    objects: [],
  }

  /** A statement without which the restore makes no sense. */
  require(part: SchemaPart, statement: Omit<PlannedStatement, 'optional'>): void {
    this.statements[part].push({ ...statement, optional: false })
  }

  /** A statement whose failure is reported. */
  add(part: SchemaPart, statement: Omit<PlannedStatement, 'optional'>): void {
    this.statements[part].push({ ...statement, optional: true })
  }

  find(severity: Finding['severity'], kind: string, object: string, message: string): void {
    this.findings.push({ severity, kind, object, message })
  }

  /** Reports a name that the target cannot have. */
  renamed(kind: string, object: string, wanted: string, name: string): void {
    if (name !== wanted) this.find('changed', kind, object, `is called "${name}" in PostgreSQL`)
  }
}
