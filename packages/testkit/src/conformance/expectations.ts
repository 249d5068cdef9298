import {
  AlbackupError,
  type Cell,
  type Context,
  type QualifiedName,
  type RowBytes,
  type RowFacts,
  RowWalker,
  type Table,
} from '@albackup/core'
import { expect } from 'vitest'

/** How long an abort may take to end a session's wait. */
export const PROMPT_MILLISECONDS = 5_000

export function contextFor(signal: AbortSignal = new AbortController().signal): Context {
  return { signal, warn() {}, debug() {} }
}

/** What `promise` fails with. Fails the test when it does not, or when it is no AlbackupError. */
export async function failureOf(promise: Promise<unknown> | undefined): Promise<AlbackupError> {
  const outcome = await Promise.resolve(promise).then(
    () => 'nothing was thrown',
    (failure: unknown) => failure,
  )
  expect(outcome).toBeInstanceOf(AlbackupError)
  return outcome as AlbackupError
}

export function expectNamed(failure: AlbackupError, table: QualifiedName): void {
  expect(failure.message).toMatch(/^cannot .+: .+/)
  expect(failure.message).toContain(table.name)
}

/** Fails the test when `promise` is still waiting after PROMPT_MILLISECONDS. */
export async function promptly<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`still waiting after ${PROMPT_MILLISECONDS} ms`)), PROMPT_MILLISECONDS)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

/** The facts of blocks, by walking their rows. */
export function walk(table: Table, blocks: Iterable<RowBytes>): RowFacts {
  const walker = new RowWalker(table)
  for (const block of blocks) walker.walk(block)
  return walker.facts
}

/** Rows as text, sorted: equal when the tables are, whatever the order. */
export function sortedTexts(rows: Iterable<readonly Cell[]>): readonly string[] {
  return [...rows].map((cells) => cells.map(cellText).join(' | ')).sort()
}

function cellText(cell: Cell): string {
  if (cell instanceof Uint8Array) return `0x${Buffer.from(cell).toString('hex')}`
  if (Object.is(cell, -0)) return '-0'
  return typeof cell === 'string' ? JSON.stringify(cell) : String(cell)
}
