/** What the rows of one table have in common, and how far they have been brought. */
import { murmur3 } from './murmur3'

/** Where the steps stand (steps.ts), and how many they are. */
export let steps: usize = 0
export let stepCount = 0
/** The fields of a row of binary COPY. */
export let fieldCount = 0
/** What a row takes at most, beside its values of variable length when it is encoded, beside its own length when it is decoded. */
export let rowBound: usize = 0

let hashing = false
let digest: u64 = 0
let read: usize = 0
let written: usize = 0

export function prepare(at: usize, count: i32, fields: i32, bound: usize, withDigest: bool): void {
  steps = at
  stepCount = count
  fieldCount = fields
  rowBound = bound
  hashing = withDigest
  digest = 0
}

/** A row has been written from `begin` to `end`. */
export function endRow(begin: usize, end: usize): void {
  if (hashing) digest += murmur3(begin, end)
}

/** Keeps how far the rows have been brought; returns how many they are. */
export function stop(rows: i32, readUpTo: usize, writtenUpTo: usize): i32 {
  read = readUpTo
  written = writtenUpTo
  return rows
}

export function readTo(): usize {
  return read
}

export function writtenTo(): usize {
  return written
}

/** That of the rows since the last call: their hashes, added. */
export function takeDigest(): u64 {
  const taken = digest
  digest = 0
  return taken
}
