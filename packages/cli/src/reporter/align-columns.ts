/** Lines of cells with two blanks between them. `sides`: 'l' or 'r' for each column, where its cells stand. */
export function alignColumns(sides: string, rows: readonly (readonly string[])[]): readonly string[] {
  const widths = [...sides].map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))))
  const pad = (cell: string, column: number) => {
    const blanks = ' '.repeat(widths[column]! - widthOf(cell))
    return sides[column] === 'r' ? blanks + cell : cell + blanks
  }
  return rows.map((row) => `  ${row.map(pad).join('  ')}`.trimEnd())
}

/** Take two columns of a terminal (Unicode, UAX #11, about), and none. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uff01-\uff60]/u
const NONE = /\p{Mn}|\p{Me}|\p{Cf}/u

/** In columns of a terminal. */
function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (WIDE.test(character) ? 2 : NONE.test(character) ? 0 : 1), 0)
}
