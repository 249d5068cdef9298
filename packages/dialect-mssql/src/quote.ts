/**
 * A name as it is written in statements and messages: `[dbo].[Order Details]`. A part with a `]` stands in double quotes, which
 * needs QUOTED_IDENTIFIER ON, as the driver sets it: not every server takes `]]` within brackets.
 */
export function quote(...parts: readonly string[]): string {
  return parts.map((part) => (part.includes(']') ? `"${part.replaceAll('"', '""')}"` : `[${part}]`)).join('.')
}

/** A text literal. */
export function quoteText(text: string): string {
  return `N'${text.replaceAll("'", "''")}'`
}
