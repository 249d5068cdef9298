/**
 * @albackup/core/printing: what every printer of expressions is made of, whatever its dialect.
 * A piece of SQL with its type, the refusal of what is not proven equal, the place an expression will stand in, the numbers of
 * the tree, and the functions by their names. What the tree means is written in docs/expressions.md.
 */
export * from './any-row.ts'
export * from './not-proven.ts'
export * from './number-types.ts'
export * from './parts-within.ts'
export * from './print-context.ts'
export * from './print-function.ts'
export * from './printed.ts'
