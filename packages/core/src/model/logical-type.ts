/**
 * The neutral meaning of a column: what its values are, not how one server stores them.
 * Each kind fixes the Avro form of a stored value; see row/avro-writer.ts and docs/format.md.
 */
export type LogicalType =
  | { readonly kind: 'boolean' }
  | IntegerType
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'float'; readonly bits: 32 | 64 }
  | { readonly kind: 'date' }
  /** `precision`: fractional digits of the second, 0 to 7. */
  | { readonly kind: 'time'; readonly precision: number }
  | TimestampType
  /** An instant that remembers the offset it was written with; `precision` 0 to 7. */
  | { readonly kind: 'timestamp-offset'; readonly precision: number }
  /** An instant in UTC that remembers no offset; `precision` 0 to 6. */
  | { readonly kind: 'instant'; readonly precision: number }
  | { readonly kind: 'uuid' }
  | TextType
  | { readonly kind: 'xml' }
  | { readonly kind: 'json' }
  | BinaryType
  /** The 8-byte counter a server keeps of changes to a row; never written by a client. */
  | { readonly kind: 'rowversion' }
  /** A value that carries its own type. */
  | { readonly kind: 'variant' }

export type LogicalTypeOf<Kind extends LogicalType['kind']> = Extract<LogicalType, { readonly kind: Kind }>

export interface IntegerType {
  readonly kind: 'integer'
  readonly bits: 8 | 16 | 32 | 64
  /** Only the 8-bit integer may be unsigned (0 to 255). */
  readonly signed: boolean
}

/** A date and time of day without a zone. */
export interface TimestampType {
  readonly kind: 'timestamp'
  /** Fractional digits of the second, 0 to 7. */
  readonly precision: number
  /** Set when the type holds fewer values than `precision` says: whole minutes, or every 1/300 of a second in milliseconds. */
  readonly step?: 'minute' | '1/300 second'
}

export interface TextType {
  readonly kind: 'text'
  /** The greatest length in units, or null for unlimited. */
  readonly length: number | null
  /** What `length` counts: bytes of a code page, UTF-16 code units, or code points. */
  readonly unit: 'bytes' | 'utf16' | 'characters'
  /** Padded with blanks to `length`. */
  readonly fixed: boolean
  /** How the origin compares such texts; absent where that is not known. */
  readonly comparison?: TextComparison
}

/** When two texts are equal, and what a pattern matches. */
export interface TextComparison {
  /**
   * 'characters': texts are equal when their characters are, with nothing folded.
   * 'language': by the rules of a language, of which the model says only what they do to the printable characters of ASCII:
   * letters in the order of the alphabet, each other character equal to itself alone.
   */
  readonly by: 'characters' | 'language'
  readonly caseSensitive: boolean
  /** Texts that differ only in blanks at their end are equal. */
  readonly ignoresTrailingBlanks: boolean
}

export interface BinaryType {
  readonly kind: 'binary'
  /** The greatest length in bytes, or null for unlimited. */
  readonly length: number | null
  /** Padded with zero bytes to `length`. */
  readonly fixed: boolean
  /** What the bytes are, when they stand for something: 'hierarchyid', 'geometry', 'geography', 'clr', or 'encrypted' for a ciphertext. */
  readonly content?: string
}
