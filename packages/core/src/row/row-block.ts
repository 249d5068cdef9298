/** Rows as Avro binary, one after another, in the order and types of the table's stored columns. */
export interface RowBytes {
  readonly rows: number
  /** Owned by the receiver. */
  readonly bytes: Uint8Array
}

/** About 1 MiB of rows, more only when one row is larger; never empty. */
export interface RowBlock extends RowBytes {
  /** The sum, modulo 2^64, of the hashes of the rows in `bytes`; see row/digest.ts. */
  readonly digest: bigint
}

/** What is true of all rows of a table or file: how many, and the sum of their hashes modulo 2^64. */
export interface RowFacts {
  readonly rows: number
  readonly digest: bigint
}
