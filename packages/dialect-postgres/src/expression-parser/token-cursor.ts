import { TokenCursor as AnyTokenCursor, NotUnderstood } from '@albackup/core'
import type { Token } from './tokens.ts'

export { NotUnderstood }

export function notUnderstood(): never {
  throw new NotUnderstood()
}

export class TokenCursor extends AnyTokenCursor<Token> {}
