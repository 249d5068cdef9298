import type { Connection } from '../../dialect/dialect.ts'
import type { Json } from '../../model/schema-model.ts'
import type { Codec } from '../../table-file/codec.ts'
import type { JobEvent } from '../events.ts'
import type { SentError } from './sent-error.ts'

/** What a session is for. */
export type Work = { readonly kind: 'dump'; readonly codec: Codec } | { readonly kind: 'restore' }

/** What a thread is opened with; plain data. The dialect is the export `dialect` of `module`. */
export interface Duty {
  readonly work: Work
  readonly module: string
  readonly connection: Connection
}

/** First `begin`, once; then one task at a time. */
export type ToThread =
  /** `backup`: its path. `ticket`: of `Source.share`; null for a restore. */
  | { readonly type: 'begin'; readonly backup: string; readonly ticket: Json }
  | { readonly type: 'task'; readonly task: unknown }
  | { readonly type: 'abort' }
  | { readonly type: 'close' }

/** A thread is ready when it has loaded its dialect and what that needs; `begin` and each task end as done or failed. */
export type FromThread =
  | { readonly type: 'ready' }
  | { readonly type: 'done'; readonly result: unknown }
  | { readonly type: 'failed'; readonly error: SentError }
  | { readonly type: 'event'; readonly event: JobEvent }
  | { readonly type: 'warn'; readonly message: string }
  | { readonly type: 'debug'; readonly message: string }
