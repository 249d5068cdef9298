import { usingSettings } from '../settings.ts'

/** The settings a module remembers from when it was made; a session has both on. */
export interface SetOptions {
  readonly ansiNullsOff: boolean
  readonly quotedIdentifierOff: boolean
}

/** The statement as it has to be run to be made under these settings. */
export function underSettings(sql: string, { ansiNullsOff, quotedIdentifierOff }: SetOptions): string {
  const off = [...(ansiNullsOff ? ['ansi_nulls'] : []), ...(quotedIdentifierOff ? ['quoted_identifier'] : [])]
  return usingSettings(off, sql)
}
