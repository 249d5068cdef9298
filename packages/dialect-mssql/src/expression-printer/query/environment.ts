import type { NameSpace, TextComparison } from '@albackup/core'
import type { ContextColumn, ExpressionContext } from '../context.ts'

/** What queries are printed for: the target, and how sure of texts one has to be. */
export interface QueryEnvironment extends Pick<ExpressionContext, 'text'> {
  /** The table or view of the source, as it is in the target; or why there is none: the end of a sentence. */
  relation(schema: string, name: string): TargetRelation | { readonly reason: string }
  /** No name is taken yet but those. */
  nameSpace(taken?: readonly string[]): NameSpace
  /** How texts compare that are of no column. */
  readonly comparison?: TextComparison
}

/** What has columns: a table, a view, a named query. */
export interface TargetRelation {
  /** As it stands behind FROM. */
  readonly sql: string
  /** Not yet quoted. */
  readonly name: string
  /** By their names in the source. */
  readonly columns: ReadonlyMap<string, ContextColumn>
}
