import type { ColumnReport } from '../jobs/plan-report.ts'
import type { PlannedTableView } from './plan-tables.ts'

/** What is said of many columns is said once, at the end, and has a number in its place. */
export class PlanNotes {
  private readonly numbers = new Map<string, number>()

  /** `[1]` */
  mark(text: string): string {
    if (!this.numbers.has(text)) this.numbers.set(text, this.numbers.size + 1)
    return `[${this.numbers.get(text)}]`
  }

  lines(): readonly string[] {
    if (this.numbers.size === 0) return []
    return ['', 'notes', ...[...this.numbers].map(([text, number]) => `  [${number}] ${text}`)]
  }
}

/** Name, type, type in the target, and whether every value is the same there. */
export function columnCells(
  column: ColumnReport,
  view: PlannedTableView,
  readRows: boolean,
  notes: PlanNotes,
): readonly string[] {
  const { source, native, target, type, companion, omitted, exact, reason, nullable, key, identity } = column
  const nullability = nullable ? '' : ' not null'
  const declared = `${native}${identity ? ' identity' : ''}${nullability}${key ? ' PK' : ''}`
  if (omitted) return [visible(source), declared, '-> none', reason]
  const name = source === target ? visible(source) : `${visible(source)} -> ${visible(target)}`
  const beside = companion === undefined ? '' : `, ${companion.name} ${companion.type}`
  const words = exact
    ? exactWords(reason)
    : `${isWhole(column, view, readRows) ? 'exact for these rows' : 'not every value'} ${notes.mark(reason)}`
  return [name, declared, `-> ${type}${beside}`, words]
}

/** A name that nobody could make out is quoted: one of blanks, or with a line's end in it. */
function visible(name: string): string {
  return /^\s|\s$|[\p{Cc}\u2028\u2029]/u.test(name) ? JSON.stringify(name) : name
}

function exactWords(reason: string): string {
  return reason === '' ? 'exact' : `exact: ${reason}`
}

/** Every row was looked at, which ends where a load would end, and none has a value that the type would alter. */
export function isWhole({ source }: ColumnReport, { table, findings }: PlannedTableView, readRows: boolean): boolean {
  // What only changes its meaning has all its values.
  const isAbout = ({ severity, kind, object }: PlannedTableView['findings'][number]) =>
    (kind === 'table' && severity === 'blocks') ||
    (kind === 'column' && object === `${table.source}.${source}` && (severity === 'lost' || severity === 'blocks'))
  return readRows && !findings.some(isAbout)
}

/** Another name, a type that needs a word, or values that would be altered. */
export function deservesLine(column: ColumnReport, view: PlannedTableView, readRows: boolean): boolean {
  const { source, target, companion, omitted, exact, reason } = column
  if (source !== target || companion !== undefined || omitted) return true
  return exact ? reason !== '' : !isWhole(column, view, readRows)
}
