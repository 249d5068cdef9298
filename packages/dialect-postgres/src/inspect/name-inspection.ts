import { type Finding, fullName, type InspectedRow, type PlannedTable, type RowCheck } from '@albackup/core'

/** Of the columns that hold names of relations and nothing else. `nameable`: what is there when the rows come, without quotes. */
export function inspectNames(table: PlannedTable, nameable: ReadonlySet<string> | undefined): readonly RowCheck[] {
  if (nameable === undefined) return []
  return table.columns.flatMap(({ name, type }, column) =>
    type === 'regclass' ? [new NameInspection(`${fullName(table.source)}.${name}`, column, nameable)] : [],
  )
}

const MOST_SAMPLES = 3

/** Looks for names of what a restore does not make, or makes later: the server would refuse them. */
class NameInspection implements RowCheck {
  private readonly unknown = new Set<string>()
  private rows = 0
  private readonly object: string
  private readonly column: number
  private readonly nameable: ReadonlySet<string>

  constructor(object: string, column: number, nameable: ReadonlySet<string>) {
    this.object = object
    this.column = column
    this.nameable = nameable
  }

  take(row: InspectedRow): void {
    if (row.lengthOf(this.column) < 0) return
    const name = Buffer.from(row.keyOf(this.column, false)).toString()
    // What has no schema is the server's own, or a number.
    if (!name.includes('.') || this.nameable.has(name.replaceAll('"', ''))) return
    this.rows++
    if (this.unknown.size < MOST_SAMPLES) this.unknown.add(name)
  }

  findings(): readonly Finding[] {
    if (this.rows === 0) return []
    const values = this.rows === 1 ? 'a value names' : `${this.rows} values name`
    const message = `${values} what is not there when the rows come, which ends the load: ${[...this.unknown].join(', ')}`
    return [{ severity: 'blocks', kind: 'column', object: this.object, message }]
  }
}
