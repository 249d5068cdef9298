/**
 * Statements that need a session with other settings begin with a batch that makes them, and end it with a line GO as scripts
 * do: QUOTED_IDENTIFIER counts when a batch is parsed, and within EXECUTE it is the session's, whatever is set there (SET
 * QUOTED_IDENTIFIER, Remarks). Whoever runs them sets everything on again afterwards.
 */
const HEAD = /^((?:set \w+ off\n)+)go\n/

/** `off`: settings that are on otherwise. */
export function usingSettings(off: readonly string[], sql: string): string {
  return off.length === 0 ? sql : `${off.map((setting) => `set ${setting} off\n`).join('')}go\n${sql}`
}

export interface Batches {
  /** The batch that makes settings, and the one that sets them back; absent when there are none. */
  readonly before?: string
  readonly after?: string
  readonly sql: string
}

export function splitSettings(statement: string): Batches {
  const head = HEAD.exec(statement)
  if (head === null) return { sql: statement }
  const before = head[1]!.trim()
  return { before, after: before.replace(/ off$/gm, ' on'), sql: statement.slice(head[0].length) }
}
