import { PlanDraft, type SchemaModel } from '@albackup/core'
import type { TargetFacts } from '../catalog/target-facts.ts'
import { whyNotKept } from '../names.ts'
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

export class Draft extends PlanDraft {
  /** Reports a name that the target cannot have. */
  renamed(kind: string, object: string, wanted: string, name: string): void {
    if (name === wanted) return
    this.find('changed', kind, object, `is called "${name}" in PostgreSQL: ${whyNotKept(kind, wanted)}`)
  }
}
