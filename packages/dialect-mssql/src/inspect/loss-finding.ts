import { type Column, type Finding, fullName, type Loss, type PlannedTable } from '@albackup/core'
import { valuePolicy } from '../value-policy.ts'
import { refusedKinds } from '../wire/encode/loss-ledger.ts'
import type { LossKind } from '../wire/encode/value-encoder.ts'

/** What is the matter with one value of a kind, and with more. */
const WHAT: Readonly<Record<LossKind, readonly [one: string, more: string]>> = {
  'unmappable-character': has('characters that the code page of the column has not'),
  'lone-surrogate': has('half a surrogate pair'),
  'too-long': ['is longer than the column has room for', 'are longer than the column has room for'],
  'not-a-number': ['is no finite number', 'are no finite numbers'],
  'out-of-range': ['is beyond the range of the type', 'are beyond the range of the type'],
  rounded: has('more digits than the type'),
  'time-of-day': has('a time other than midnight'),
}

function has(what: string): readonly [one: string, more: string] {
  return [`has ${what}`, `have ${what}`]
}

const FATE: Readonly<Record<LossKind, string>> = {
  'unmappable-character': 'question marks in their place',
  'lone-surrogate': 'U+FFFD in its place',
  'too-long': 'to be cut',
  'not-a-number': 'to be NULL',
  'out-of-range': 'to be NULL',
  rounded: 'to be rounded',
  'time-of-day': 'to be given up',
}

const BECOME_NULL: ReadonlySet<LossKind> = new Set(['not-a-number', 'out-of-range'])
const MOST_SAMPLES = 3

export function lossFinding(table: PlannedTable, loss: Loss): Finding {
  const kind = loss.kind as LossKind
  const policy = valuePolicy(table)
  const { source } = table.columns.find((column) => column.source.name === loss.column)!
  const clamped = kind === 'out-of-range' && policy.time.beyond === 'clamp' && isDay(source.logical.kind)
  const ends = refusedKinds(source, policy).has(kind) || (BECOME_NULL.has(kind) && !source.nullable && !clamped)
  const fate = ends ? 'which ends the load' : clamped ? 'to be the nearest in it' : FATE[kind]
  const [one, more] = WHAT[kind]
  const values = loss.count === 1 ? `a value ${one}` : `${loss.count} values ${more}`
  const samples = loss.samples.slice(0, MOST_SAMPLES).join(', ')
  return {
    severity: ends ? 'blocks' : 'lost',
    kind: 'column',
    object: `${fullName(table.source)}.${loss.column}`,
    message: `${values}, ${fate} (see ${settingFor(kind, source)}): ${samples}`,
  }
}

/** Where a user may say otherwise. */
function settingFor(kind: LossKind, { logical, native, nullable }: Column): string {
  if (kind === 'out-of-range' && isDay(logical.kind)) return 'mapping.time.beyond'
  if (kind === 'not-a-number' && nullable) return 'mapping.notANumber'
  return native.declaration === 'numeric' ? 'mapping.numeric' : 'mapping.columns'
}

function isDay(kind: string): boolean {
  return /^(date|time|timestamp|timestamp-offset|instant)$/.test(kind)
}
