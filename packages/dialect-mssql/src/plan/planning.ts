import type { PlanDraft, SchemaModel } from '@albackup/core'
import type { TargetFacts } from '../catalog/target-facts.ts'
import type { MssqlPolicy } from '../policy.ts'
import { quote } from '../quote.ts'
import type { MigratedTypes } from './migration/column-types.ts'
import type { ReferencesOfModel } from './migration/references-of-model.ts'
import type { TargetNames } from './target-names.ts'

/** What every part of a plan reads, and where it puts what it decides. */
export interface Planning {
  readonly model: SchemaModel
  readonly policy: MssqlPolicy
  readonly target: TargetFacts
  readonly names: TargetNames
  /** The types of columns whose values come from another engine. */
  readonly migrated?: MigratedTypes
  /** Their foreign keys. */
  readonly references?: ReferencesOfModel
  readonly draft: PlanDraft
}

/** Whether the model was reflected by this dialect, so that its native words can be used. */
export function isOwn({ model }: Pick<Planning, 'model'>): boolean {
  return model.dialect === 'mssql'
}

/** The full name of an object of the source, for findings: as SQL Server writes it, or with points between for another engine. */
export function sourceName(planning: Pick<Planning, 'model'>, ...parts: readonly string[]): string {
  return isOwn(planning) ? quote(...parts) : parts.join('.')
}

/** Whether the restore makes an object that only SQL Server understands; `name` as the model has it. */
export function makesObject({ model }: Planning, name: string): boolean {
  return (model.objects ?? []).some((object) => object.name === name && object.stage === 'before tables')
}
