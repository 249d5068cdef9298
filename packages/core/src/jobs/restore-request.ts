import type { Backup } from '../backup/backup.ts'
import type { BackupContent } from '../backup/metadata.ts'
import type {
  Context,
  Finding,
  LoadFacts,
  Loss,
  MappingPolicy,
  PlannedTable,
  RestorePlan,
  RIViolation,
  Target,
} from '../dialect/dialect.ts'
import type { Scope } from '../model/scope.ts'
import type { EventListener } from './events.ts'
import type { MissingPart } from './planned-parts.ts'
import type { ThreadPlace } from './threads/crew.ts'

export interface RestoreRequest extends Partial<Omit<Scope, 'where'>> {
  readonly backup: Backup
  readonly target: Target
  readonly policy: MappingPolicy
  /** Without it the restore is refused when something of the backup exists in the target. */
  readonly allowRestore: boolean
  readonly checkRI: boolean
  /** Read every row back and compare it with what was sent. */
  readonly prove: boolean
  /** Stop with a DataError, and keep nothing of that table, when a value cannot be carried exactly. */
  readonly failOnLoss: boolean
  /** 'schema': no rows are loaded; 'data': rows are added to the tables that are there. Default: what the backup holds. */
  readonly content?: BackupContent
  /** Restore the configuration of a replication that the backup holds, too; default false. */
  readonly withReplicationConfig?: boolean
  /** Make users, roles and permissions, too; default false. */
  readonly onRequest?: boolean
  /** How many threads may load at once; default 1, which is this one. More need `threads`. */
  readonly jobs?: number
  readonly threads?: ThreadPlace
  readonly context: Context
  readonly onEvent: EventListener
}

export interface RestoreResult {
  readonly plan: RestorePlan
  readonly tables: readonly RestoredTable[]
  /** The plan's findings, those that came up on the way, and what is not in the backup. */
  readonly findings: readonly Finding[]
  /** null where they were not looked for: there are no rows, or the request says so. */
  readonly violations: readonly RIViolation[] | null
  /** null when no proof was asked for; otherwise whether every table holds what was sent. */
  readonly proven: boolean | null
  /** What is not in the target as the plan makes it, also where `findings` say why; null when no proof was asked for. */
  readonly missing: readonly MissingPart[] | null
  /** What is not as the plan makes it, and could not be, a sentence each; null as `missing`. */
  readonly unattainable: readonly string[] | null
  /** Parts of which it could not be told whether they are as the plan makes them, a sentence each; null as `missing`. */
  readonly notCompared: readonly string[] | null
  /** What the user has to do next, as sentences in order. */
  readonly advice: readonly string[]
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

/** A table of the plan, and what was sent into it. */
export interface LoadedTable {
  readonly planned: PlannedTable
  readonly sent: LoadFacts
}
