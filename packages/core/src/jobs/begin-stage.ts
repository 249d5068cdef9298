import type { SchemaPart } from '../dialect/dialect.ts'
import type { Stage } from './events.ts'
import { stopWhenAborted } from './interrupt.ts'
import type { RestoreRequest } from './restore-request.ts'

/** Throws an InterruptedError when the user wants no more of it. */
export function beginStage(request: Pick<RestoreRequest, 'context' | 'onEvent'>, stage: Stage): void {
  stopWhenAborted(request.context.signal)
  request.onEvent({ type: 'stage', stage })
}

export const STAGE_OF_PART: Readonly<Record<SchemaPart, Stage>> = {
  tables: 'create tables',
  keys: 'create keys and indexes',
  references: 'create references',
  values: 'set identities and sequences',
  objects: 'create objects',
}
