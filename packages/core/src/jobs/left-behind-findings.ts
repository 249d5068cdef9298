import type { Finding } from '../dialect/dialect.ts'
import type { LeftBehind, SchemaModel } from '../model/schema-model.ts'

/** What no restore of the backup can bring back, because the dump did not take it along. */
export function leftBehindFindings({ leftBehind }: Pick<SchemaModel, 'leftBehind'>): readonly Finding[] {
  return leftBehind.map(({ kind, name, reason, administrative }: LeftBehind) => ({
    severity: administrative ? 'info' : 'lost',
    kind,
    object: name,
    message: `is not in the backup: ${reason}`,
  }))
}
