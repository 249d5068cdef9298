import type { Json } from '@albackup/core'

/** How a reader joins the point in time of a source; plain data. */
export type Ticket = SnapshotTicket | { readonly level: 'database-snapshot'; readonly database: string } | null

/** While the source holds its locks, a transaction that begins now sees the same as the source's. */
export type SnapshotTicket = {
  readonly level: 'snapshot'
  /** Full name of a table to read from: a snapshot is of the moment in which its transaction first reads. */
  readonly touch: string | null
  /** 16 bytes in hexadecimal, by which the sessions that share are known to each other. */
  readonly mark: string
}

/** A ticket comes from `Source.share` of this dialect, maybe by way of another thread. */
export function ticketOf(json: Json): Ticket {
  return json as Ticket
}
