/**
 * Rows as Avro binary, one after another, in the order and types of the table's stored columns.
 * About 1 MiB, larger only when one row is; never empty. The receiver owns `bytes`.
 */
export interface RowBlock {
  readonly rows: number
  readonly bytes: Uint8Array
  /** The sum, modulo 2^64, of the hashes of the rows in `bytes`; see row/digest.ts. */
  readonly digest: bigint
}

/** What is true of all rows of a table or file: how many, and the sum of their hashes modulo 2^64. */
export interface RowFacts {
  readonly rows: number
  readonly digest: bigint
}
