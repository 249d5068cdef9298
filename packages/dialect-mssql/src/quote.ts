/** A name as it is written in statements and messages: `[dbo].[Order Details]`; a `]` within is doubled. */
export function quote(...parts: readonly string[]): string {
  return parts.map((part) => `[${part.replaceAll(']', ']]')}]`).join('.')
}

/** A text literal. */
export function quoteText(text: string): string {
  return `N'${text.replaceAll("'", "''")}'`
}
