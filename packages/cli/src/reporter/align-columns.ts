/** Lines of cells with two blanks between them. `sides`: 'l' or 'r' for each column, where its cells stand. */
export function alignColumns(sides: string, rows: readonly (readonly string[])[]): readonly string[] {
  const widths = [...sides].map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const pad = (cell: string, column: number) =>
    sides[column] === 'r' ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)
  return rows.map((row) => `  ${row.map(pad).join('  ')}`.trimEnd())
}
