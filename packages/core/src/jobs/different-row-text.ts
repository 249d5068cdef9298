import type { Side } from '../model/difference.ts'
import type { Column } from '../model/schema-model.ts'
import { AvroReader } from '../row/avro-reader.ts'
import { type Cell, readCell } from '../row/cells.ts'

/** A value as text; null is NULL. */
export interface CellText {
  readonly column: string
  readonly value: string | null
}

/** The values of a projected row, whole. */
export function cellTexts(row: Uint8Array, columns: readonly Column[]): readonly CellText[] {
  const reader = new AvroReader(row)
  return columns.map(({ name, logical }) => ({
    column: name,
    value: reader.readPresent() ? textOf(readCell(reader, logical)) : null,
  }))
}

const LONGEST = 200

/** Cut to what people look at. */
export function shown(value: string | null): string | null {
  return value === null || value.length <= LONGEST ? value : `${value.slice(0, LONGEST - 1).toWellFormed()}…`
}

/** Of the values that differ so many are in the sentence. */
const VALUES = 3

/** What the sides are called in a sentence. */
export type SideWords = Readonly<Record<Side, string>>

const LETTERS: SideWords = { A: 'A', B: 'B' }

export function rowWords(
  row: {
    readonly key: readonly CellText[]
    readonly only: Side | null
    readonly values: readonly { readonly column: string; readonly a: string | null; readonly b: string | null }[]
  },
  words: SideWords = LETTERS,
): string {
  const key = row.key.map(({ column, value }) => `${column} ${valueWords(value)}`).join(', ')
  if (row.only !== null) return `row ${key} is only in ${words[row.only]}`
  const values = row.values
    .slice(0, VALUES)
    .map(({ column, a, b }) => `${column} is ${valueWords(a)} in ${words.A} and ${valueWords(b)} in ${words.B}`)
  const more = row.values.length - values.length
  return `row ${key}: ${values.join(', ')}${more === 0 ? '' : `, and ${more} more`}`
}

/** One line, whatever is in it; a text that reads NULL is quoted. */
function valueWords(value: string | null): string {
  if (value === null) return 'NULL'
  return /^(?!null$)[\x21-\x7e]+$/i.test(value) ? value : JSON.stringify(value)
}

function textOf(cell: Exclude<Cell, null>): string {
  return cell instanceof Uint8Array ? `0x${Buffer.from(cell).toString('hex')}` : String(cell)
}
