import type { Json } from '../../model/schema-model.ts'

/** One of a crew: a session, and the thread it is used in. */
export interface Member {
  /** Settled when what its session needs is loaded. */
  ready(): Promise<unknown>
  /** Opens the session; once. */
  begin(backup: string, ticket: Json): Promise<unknown>
  /** One task at a time. */
  do(task: unknown): Promise<unknown>
  /** Ends what is under way, which fails. */
  abort(): void
  /** Also when it never began. */
  close(): Promise<void>
}
