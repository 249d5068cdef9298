import type { Finding, PlannedExpression } from '@albackup/core'
import type { PlanReport, TableReport } from '../jobs/plan-report.ts'
import { bySeverity } from './plan-severity.ts'

/** A table of a plan with all that is said about it and what belongs to it. */
export interface PlannedTableView {
  readonly table: TableReport
  /** The worst first. */
  readonly findings: readonly Finding[]
  readonly expressions: readonly PlannedExpression[]
}

/** Findings and expressions by table; `others` are about no table of the plan, nor are the `views` that are carried over. */
export function groupByTable(report: PlanReport): {
  readonly tables: readonly PlannedTableView[]
  readonly others: readonly Finding[]
  readonly views: readonly PlannedExpression[]
} {
  const owners = new OwnersOfObjects(report.tables)
  const findings = owners.group(bySeverity(report.findings))
  const expressions = owners.group(report.expressions)
  return {
    tables: report.tables.map((table) => ({
      table,
      findings: findings.get(table) ?? [],
      expressions: expressions.get(table) ?? [],
    })),
    others: findings.get(undefined) ?? [],
    views: expressions.get(undefined) ?? [],
  }
}

/** A dialect may write names with its quotes. */
function unquoted(name: string): string {
  return name.replaceAll(/[[\]"]/g, '')
}

/** The name of what belongs to a table begins with that of the table and a dot. */
class OwnersOfObjects {
  private readonly byName: ReadonlyMap<string, TableReport>

  constructor(tables: readonly TableReport[]) {
    this.byName = new Map(tables.map((table) => [unquoted(table.source), table]))
  }

  group<T extends { readonly object: string }>(
    things: readonly T[],
  ): ReadonlyMap<TableReport | undefined, readonly T[]> {
    const groups = new Map<TableReport | undefined, T[]>()
    for (const thing of things) {
      const owner = this.find(thing.object)
      const group = groups.get(owner)
      if (group === undefined) groups.set(owner, [thing])
      else group.push(thing)
    }
    return groups
  }

  /** The table with the longest such name: names may hold dots themselves. */
  private find(object: string): TableReport | undefined {
    for (let end = object.length; end > 0; end = object.lastIndexOf('.', end - 1)) {
      const table = this.byName.get(unquoted(object.slice(0, end)))
      if (table !== undefined) return table
    }
    return undefined
  }
}
