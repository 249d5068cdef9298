import type { LeftBehind } from '@albackup/core'
import { quote } from '../quote.ts'

export interface UnseenText {
  readonly kind: string
  /** null for what is in no schema. */
  readonly schema: string | null
  readonly name: string
  readonly isEncrypted: boolean
}

/** Why the server would not show the text of a module: nobody may see it, or this login may not. */
export function unseenText({ kind, schema, name, isEncrypted }: UnseenText): LeftBehind {
  const reason = isEncrypted
    ? 'its text is encrypted (WITH ENCRYPTION), and the server shows it to nobody; create it from its source'
    : 'the login may not see its text; grant it VIEW DEFINITION'
  return { kind, name: schema === null ? quote(name) : quote(schema, name), reason }
}
