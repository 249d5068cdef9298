/**
 * A name as it is written in statements and messages: `[dbo].[Order Details]`. A part with a `]` stands in double quotes, which
 * needs QUOTED_IDENTIFIER ON, as the driver sets it: not every server takes `]]` within brackets.
 */
export function quote(...parts: readonly string[]): string {
  return parts.map((part) => (part.includes(']') ? `"${part.replaceAll('"', '""')}"` : `[${part}]`)).join('.')
}

/** A backslash at the end of a line: within a literal the server takes both for a line that goes on (Backslash, Remarks). */
const CONTINUED = /\\(?=\r?\n)/g

/** A text as an expression: one literal, unless `isLiteral` says otherwise. */
export function quoteText(text: string): string {
  return `N'${text.replaceAll("'", "''").replaceAll(CONTINUED, "\\' + N'")}'`
}

/** False for a text that takes several literals: an argument of a procedure's call must be one. */
export function isLiteral(text: string): boolean {
  return text.search(CONTINUED) === -1
}
