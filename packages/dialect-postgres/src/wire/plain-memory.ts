import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** What assembly/plain-rows.ts exports. Addresses and lengths are in bytes. */
export interface PlainCode {
  prepare(stepsAt: number, steps: number, fields: number, rowBound: number, withDigest: boolean): void
  encodeRows(rows: number, from: number, end: number, to: number, full: number, room: number): number
  decodeRows(from: number, end: number, to: number, full: number, room: number): number
  readTo(): number
  writtenTo(): number
  /** Signed. */
  takeDigest(): bigint
}

/** The code, and the memory that it works in. */
export interface PlainMemory {
  readonly code: PlainCode
  readonly bytes: Buffer
}

const PAGE_BYTES = 65536

/** What lies where, behind the module's own data. The memory never grows, so that what is in it stays where it is. */
export const PLACES = {
  steps: { begin: 4096, end: 2 * PAGE_BYTES },
  input: { begin: 2 * PAGE_BYTES, end: 20 * PAGE_BYTES },
  output: { begin: 20 * PAGE_BYTES, end: 40 * PAGE_BYTES },
} as const

const PAGES = PLACES.output.end / PAGE_BYTES

let module: WebAssembly.Module | undefined
const free: PlainMemory[] = []
/** The process may not have the addresses for one more; to ask again for each table would collect all garbage each time. */
let refused = false

/**
 * That of an earlier table where it has been given back, since each reserves gigabytes of addresses; undefined where the process may
 * not have so many (`ulimit -v`).
 */
export function takePlainMemory(): PlainMemory | undefined {
  return free.pop() ?? (refused ? undefined : makePlainMemory())
}

/** For when nobody touches the memory any more: neither the writer of its table nor a socket. */
export function giveBackPlainMemory(memory: PlainMemory): void {
  free.push(memory)
}

function makePlainMemory(): PlainMemory | undefined {
  const memory = reserve()
  if (memory === undefined) return undefined
  module ??= new WebAssembly.Module(readFileSync(modulePath()))
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  return { code: exports as unknown as PlainCode, bytes: Buffer.from(memory.buffer) }
}

function reserve(): WebAssembly.Memory | undefined {
  try {
    return new WebAssembly.Memory({ initial: PAGES, maximum: PAGES })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    refused = true
    return undefined
  }
}

/** The same for the sources and for what is made of them. */
function modulePath(): string {
  const manifest = createRequire(import.meta.url).resolve('@albackup/dialect-postgres/package.json')
  return join(dirname(manifest), 'dist', 'plain-rows.wasm')
}
