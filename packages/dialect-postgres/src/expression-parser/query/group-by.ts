import type { Expression, ExpressionOf, Query, Selection } from '@albackup/core'
import { partsOf } from '@albackup/core/printing'
import { notUnderstood } from '../token-cursor.ts'
import type { QueryScope } from './query-scope.ts'

/**
 * PostgreSQL shows columns that are no groups where the primary key of their table is among these, on which they depend; here they are
 * groups, too, and divide none of the others. What is shown of a group in other words than those of GROUP BY is not understood: a
 * column in it would divide the rows further.
 */
export function withDependentColumns(selection: Selection, scope: QueryScope): Selection {
  const { groupBy, items, having } = selection
  if (groupBy === undefined) return selection
  const groups = new Groups(groupBy, scope)
  for (const item of items) groups.visit(item)
  if (having !== undefined) groups.visit(having)
  return { ...selection, groupBy: groups.all() }
}

type Column = ExpressionOf<'column'>

class Groups {
  private readonly found: Map<string, Expression>
  private readonly partsOfDates: ReadonlySet<string>
  private readonly scope: QueryScope

  constructor(groupBy: readonly Expression[], scope: QueryScope) {
    this.found = new Map(groupBy.map((group) => [JSON.stringify(group), group]))
    this.partsOfDates = new Set(groupBy.map(partOfDate).map((part) => JSON.stringify(part)))
    this.scope = scope
  }

  all(): readonly Expression[] {
    return [...this.found.values()]
  }

  visit(expression: Expression): void {
    if (this.has(expression) || expression.kind === 'aggregate') return
    if (this.partsOfDates.has(JSON.stringify(expression))) this.add(expression)
    else if (expression.kind === 'column') this.visitColumn(expression)
    else for (const part of partsOf(expression)) this.visit(part)
    if ('query' in expression) for (const column of columnsWithin(expression.query)) this.visitColumn(column)
  }

  private visitColumn(column: Column): void {
    const { name, of } = column
    if (of === undefined || !this.scope.has(of) || this.has(column)) return
    const isDependent = this.scope.keyOf(of)?.every((part) => this.has({ kind: 'column', name: part, of }))
    if (!isDependent) notUnderstood(`it shows ${name} of groups in other words than those that make them`)
    this.add(column)
  }

  private has(expression: Expression): boolean {
    return this.found.has(JSON.stringify(expression))
  }

  private add(group: Expression): void {
    this.found.set(JSON.stringify(group), group)
  }
}

/** A part of a date without the type that PostgreSQL gives it, which tells the same rows apart; undefined for all else. */
function partOfDate(group: Expression): Expression | undefined {
  const part = group.kind === 'convert' ? group.operand : undefined
  return part?.kind === 'call' && part.name === 'date-part' ? part : undefined
}

/** All columns that a query names, those of queries around it too: PostgreSQL gives no two relations within one another the same alias. */
function columnsWithin(query: Query): readonly Column[] {
  const columns: Column[] = []
  JSON.stringify(query, (_, node) => {
    if (node?.kind === 'column') columns.push(node)
    return node
  })
  return columns
}
