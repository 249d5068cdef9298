import { quoteText } from '../quote.ts'

/** The settings a module remembers from when it was made; a session has both on. */
export interface SetOptions {
  readonly ansiNullsOff: boolean
  readonly quotedIdentifierOff: boolean
}

/**
 * The statement as one batch that leaves the session's settings as they are. A setting counts for text that is parsed after it,
 * and one made within EXECUTE ends with it, so the statement stands in an EXECUTE within another.
 */
export function underSettings(sql: string, { ansiNullsOff, quotedIdentifierOff }: SetOptions): string {
  const settings = [
    ...(ansiNullsOff ? ['set ansi_nulls off'] : []),
    ...(quotedIdentifierOff ? ['set quoted_identifier off'] : []),
  ]
  return settings.length === 0 ? sql : execute(`${settings.join('\n')}\n${execute(sql)}`)
}

function execute(sql: string): string {
  return `execute (${quoteText(sql)})`
}
