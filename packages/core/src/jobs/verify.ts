import type { Backup } from '../backup/backup.ts'
import type { EventListener } from './events.ts'

export interface VerifyRequest {
  readonly backup: Backup
  readonly signal: AbortSignal
  readonly onEvent: EventListener
}

export interface VerifyResult {
  readonly files: number
  readonly rows: number
  readonly bytes: number
}
