import type { Finding, PlannedStatement, SchemaModel, SchemaPart } from '@albackup/core'
import type { TargetFacts } from '../catalog/target-facts.ts'
import type { MssqlPolicy } from '../policy.ts'
import type { TargetNames } from './target-names.ts'

/** What every part of a plan reads, and where it puts what it decides. */
export interface Planning {
  readonly model: SchemaModel
  readonly policy: MssqlPolicy
  readonly target: TargetFacts
  readonly names: TargetNames
  readonly draft: Draft
}

/** Statements and findings of a plan in the order in which they are decided. */
export class Draft {
  readonly findings: Finding[] = []
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

/** Whether the model was reflected by this dialect, so that its native words can be used. */
export function isOwn({ model }: Pick<Planning, 'model'>): boolean {
  return model.dialect === 'mssql'
}

/** Whether the restore makes an object that only SQL Server understands; `name` as the model has it. */
export function makesObject({ model }: Planning, name: string): boolean {
  return (model.objects ?? []).some((object) => object.name === name && object.stage === 'before tables')
}
