import type { Finding, PlannedExpression, PlannedStatement, SchemaPart } from './dialect.ts'
import { SchemaDraft } from './made-schema.ts'

/** Statements and findings of a plan in the order in which they are decided. */
export class PlanDraft {
  readonly findings: Finding[] = []
  /** The expressions that are carried. */
  readonly translations: PlannedExpression[] = []
  /** What the statements make. */
  readonly schema = new SchemaDraft()
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
}
