import type { Connection } from '../../dialect/dialect.ts'
import type { Json } from '../../model/schema-model.ts'
import type { Codec } from '../../table-file/codec.ts'
import type { JobEvent } from '../events.ts'
import type { SentError } from './sent-error.ts'

/** What a thread is opened for; plain data. The dialect is the export `dialect` of `module`. */
export type Duty = DumpDuty | RestoreDuty

export interface DumpDuty {
  readonly kind: 'dump'
  readonly module: string
  readonly connection: Connection
  /** The folder of the backup. */
  readonly folder: string
  readonly codec: Codec
}

export interface RestoreDuty {
  readonly kind: 'restore'
  readonly module: string
  readonly connection: Connection
  /** The path of the backup. */
  readonly backup: string
}

/** First `begin`, once; then one task at a time. */
export type ToThread =
  /** `ticket`: of `Source.share`; null for a restore. */
  | { readonly type: 'begin'; readonly ticket: Json }
  | { readonly type: 'task'; readonly task: unknown }
  | { readonly type: 'abort' }
  | { readonly type: 'close' }

/** A thread is ready when it has loaded its dialect; `begin` and each task end as done or failed. */
export type FromThread =
  | { readonly type: 'ready' }
  | { readonly type: 'done'; readonly result: unknown }
  | { readonly type: 'failed'; readonly error: SentError }
  | { readonly type: 'event'; readonly event: JobEvent }
  | { readonly type: 'warn'; readonly message: string }
  | { readonly type: 'debug'; readonly message: string }
