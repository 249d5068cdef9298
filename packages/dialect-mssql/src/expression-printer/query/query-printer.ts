import type { NamedQuery, Query } from '@albackup/core'
import { refuse } from '@albackup/core/printing'
import { columnList } from '../../ddl.ts'
import { quote } from '../../quote.ts'
import type { QueryEnvironment, TargetRelation } from './environment.ts'
import { prepareCombination } from './prepare-combination.ts'
import { prepareSelection } from './prepare-selection.ts'
import { type PreparedQuery, showColumns, sqlOf } from './prepared-query.ts'
import type { PrintScope } from './print-scope.ts'

/** Prints the queries of one view. */
export class QueryPrinter {
  readonly environment: QueryEnvironment
  private readonly named = new Map<string, TargetRelation>()

  constructor(environment: QueryEnvironment) {
    this.environment = environment
  }

  /** `outer`: the selection around it, whose columns it may name. */
  prepare(query: Query, outer?: PrintScope): PreparedQuery {
    if (query.kind === 'select') return prepareSelection(query, this, outer)
    return prepareCombination(query, this, outer)
  }

  table(schema: string, name: string): TargetRelation {
    const found = this.environment.relation(schema, name)
    return 'reason' in found ? refuse(found.reason) : found
  }

  namedQuery(name: string): TargetRelation {
    return this.named.get(name) ?? refuse(`its query ${name} is not there`)
  }

  /** `with [q] ([a], [b]) as (…)`; nothing where no query has a name. Those that follow may use what stands before. */
  printNamed(queries: readonly NamedQuery[]): readonly string[] {
    const space = this.environment.nameSpace()
    const printed = queries.map(({ name, columns, query }) => {
      const prepared = this.prepare(query)
      const shown = showColumns(prepared, columns, this.environment)
      const given = space.claim(name)
      this.named.set(name, { sql: quote(given), name: given, columns: shown.columns })
      return `${quote(given)} (${columnList(shown.names)}) as (${sqlOf(prepared)})`
    })
    return printed.length === 0 ? [] : [`with ${printed.join(',\n')}`]
  }
}
