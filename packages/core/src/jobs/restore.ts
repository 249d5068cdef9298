import type { Backup } from '../backup/backup.ts'
import type { Finding, Loss, MappingPolicy, RestorePlan, RIViolation, Target } from '../dialect/dialect.ts'
import type { EventListener } from './events.ts'

export interface RestoreRequest {
  readonly backup: Backup
  readonly target: Target
  readonly policy: MappingPolicy
  /** Without it the restore is refused when a table of the backup exists in the target. */
  readonly allowRestore: boolean
  readonly checkRI: boolean
  /** Read every row back and compare it with what was sent. */
  readonly prove: boolean
  /** Stop with a DataError, before anything is kept, when a value cannot be carried exactly. */
  readonly failOnLoss: boolean
  readonly signal: AbortSignal
  readonly onEvent: EventListener
}

export interface RestoreResult {
  readonly plan: RestorePlan
  readonly tables: readonly RestoredTable[]
  /** The plan's findings and those that came up on the way. */
  readonly findings: readonly Finding[]
  readonly violations: readonly RIViolation[]
  /** null when no proof was asked for; otherwise whether every table holds what was sent. */
  readonly proven: boolean | null
}

export interface RestoredTable {
  /** In the source: `schema.table`. */
  readonly source: string
  /** In the target, as the target writes it. */
  readonly target: string
  readonly rows: number
  readonly losses: readonly Loss[]
  /** null when not asked for. */
  readonly proven: boolean | null
}
