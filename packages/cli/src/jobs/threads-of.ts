import type { Connection, Context, Dialect, ThreadPlace } from '@albackup/core'

/** How threads of a job find the dialect; nothing when it does not say where its module is. */
export function threadsOf(
  { module }: Dialect,
  connection: Connection,
  context: Context,
): { readonly threads?: ThreadPlace } {
  return module === undefined ? {} : { threads: { module, connection, context } }
}
