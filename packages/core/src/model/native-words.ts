import type { Expression } from '../expression/expression.ts'

/** What the parts of a model have in common: names, and the origin's own words. */

export interface QualifiedName {
  readonly schema: string
  readonly name: string
}

/** A value JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** What only the same engine understands; keys are that engine's own words. */
export type NativeFacts = Readonly<Record<string, Json>>

/** A type in the origin's words. */
export interface NativeType {
  /** As the dialect declares it, without nullability: 'nvarchar(50)', 'decimal(19,4)'. */
  readonly declaration: string
  readonly collation?: string
  /** The alias type the column was declared with. */
  readonly alias?: QualifiedName
  readonly facts?: NativeFacts
}

/** An SQL expression: the words of the origin's catalog, and what they mean where the dialect could parse them. */
export interface SqlExpression {
  readonly native: string
  /** Absent when the words were not understood; then only the same engine can use them. */
  readonly meaning?: Expression
}
