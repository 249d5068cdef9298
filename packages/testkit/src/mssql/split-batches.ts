/** A T-SQL script cut at its lines of GO, as sqlcmd does; empty batches are left out. */
export function splitBatches(script: string): readonly string[] {
  return script
    .split(/^[ \t]*go[ \t]*;?[ \t]*\r?$/im)
    .map((batch) => batch.trim())
    .filter((batch) => batch !== '')
}
