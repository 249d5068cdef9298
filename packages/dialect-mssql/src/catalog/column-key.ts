/** A column of the database, for looking up what belongs to it. */
export function columnKey(row: { readonly tableId: number; readonly columnId: number }): string {
  return `${row.tableId} ${row.columnId}`
}
