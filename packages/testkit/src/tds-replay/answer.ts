import { setTimeout as sleep } from 'node:timers/promises'
import type { TdsRequest } from './request.ts'

/**
 * What the server replies to one request: the tokens of one message, whole or in pieces. Where the pieces are cut has
 * no influence on the packets. The message ends when the pieces do, also in the middle of a token.
 */
export type Answer = Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>

/** Hand-made answers; undefined: not mine, ask the recording. */
export type Script = (request: TdsRequest, connection: ConnectionFacts) => Answer | undefined

export interface ConnectionFacts {
  /** Counted from 1 in the order of the logins. */
  readonly number: number
  readonly database: string
  readonly user: string
  readonly applicationName: string
  readonly packetSize: number
}

/** Thrown by the pieces of an answer: the server drops the connection without another byte. */
export class ConnectionDrop extends Error {}

export async function* pieces(answer: Answer): AsyncGenerator<Uint8Array> {
  if (answer instanceof Uint8Array) yield answer
  else yield* answer
}

/** The first `length` bytes of an answer; the message then ends as if it were whole. */
export async function* cutAfter(length: number, answer: Answer): AsyncGenerator<Uint8Array> {
  let left = length
  for await (const piece of pieces(answer)) {
    if (piece.length >= left) {
      yield piece.subarray(0, left)
      return
    }
    left -= piece.length
    yield piece
  }
}

/** The first `length` bytes of an answer, and then the connection is gone. */
export async function* dropAfter(length: number, answer: Answer): AsyncGenerator<Uint8Array> {
  yield* cutAfter(length, answer)
  throw new ConnectionDrop()
}

/** Waits before the first byte of an answer. */
export async function* delayed(milliseconds: number, answer: Answer): AsyncGenerator<Uint8Array> {
  await sleep(milliseconds, undefined, { ref: false })
  yield* pieces(answer)
}

/** Waits before each piece of an answer. */
export async function* paced(milliseconds: number, answer: Answer): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces(answer)) {
    await sleep(milliseconds, undefined, { ref: false })
    yield piece
  }
}
