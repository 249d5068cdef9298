import {
  type AvroReader,
  CannotCarryError,
  type Cell,
  type Column,
  decodeUtf8,
  type Loss,
  readCell,
} from '@albackup/core'
import { quote } from '../../quote.ts'
import type { ValuePolicy } from '../../value-policy.ts'
import type { SentFacts } from './sent-facts.ts'
import type { ColumnReport, LossKind } from './value-encoder.ts'

/** What becomes of values that have no place. */
export type LossPolicy = Pick<ValuePolicy, 'notANumber' | 'time'>

/** The kinds of loss that end a load, of a column that may be NULL. */
export function refusedKinds(
  { logical }: Pick<Column, 'logical'>,
  { notANumber, time }: LossPolicy,
): ReadonlySet<LossKind> {
  const isTime = ['date', 'time', 'timestamp', 'timestamp-offset', 'instant'].includes(logical.kind)
  return new Set<LossKind>([
    ...(notANumber === 'error' ? (['not-a-number'] as const) : []),
    ...(isTime && time.beyond === 'error' ? (['out-of-range'] as const) : []),
  ])
}

/** Who has to know what a table holds in the place of a value. */
type ChangedFacts = Pick<SentFacts, 'replace'>

const MOST_SAMPLES = 5
const LONGEST_SAMPLE = 80

/** The null branch of a union. */
const NULL = Buffer.of(0)

/** Counts, for one load, the values that were not carried exactly. */
export class LossLedger {
  private readonly columns: ColumnLedger[] = []
  private readonly facts: ChangedFacts
  private readonly policy: LossPolicy

  constructor(facts: ChangedFacts, policy: LossPolicy) {
    this.facts = facts
    this.policy = policy
  }

  column(column: Column): ColumnReport {
    const ledger = new ColumnLedger(column, this.facts, this.policy)
    this.columns.push(ledger)
    return ledger
  }

  list(): readonly Loss[] {
    return this.columns.flatMap((column) => [...column.losses.values()])
  }
}

class ColumnLedger implements ColumnReport {
  readonly losses = new Map<LossKind, { column: string; kind: LossKind; count: number; samples: string[] }>()
  readonly clamps: boolean
  private readonly column: Column
  private readonly facts: ChangedFacts
  private readonly refused: ReadonlySet<LossKind>

  constructor(column: Column, facts: ChangedFacts, policy: LossPolicy) {
    this.column = column
    this.facts = facts
    this.refused = refusedKinds(column, policy)
    this.clamps = policy.time.beyond === 'clamp'
  }

  count(kind: LossKind, from: AvroReader, valueBegin: number): void {
    let loss = this.losses.get(kind)
    if (loss === undefined) {
      loss = { column: this.column.name, kind, count: 0, samples: [] }
      this.losses.set(kind, loss)
    }
    loss.count++
    if (loss.samples.length < MOST_SAMPLES) loss.samples.push(sampleOf(from, valueBegin, this.column))
  }

  changed(begin: number, end: number, bytes: Uint8Array): void {
    this.facts.replace(begin, end, bytes)
  }

  becomesNull(kind: LossKind, from: AvroReader, valueBegin: number): void {
    if (!this.column.nullable || this.refused.has(kind)) {
      throw this.refuse(`${sampleOf(from, valueBegin, this.column)} is ${kind.replaceAll('-', ' ')}`)
    }
    this.count(kind, from, valueBegin)
    // The branch of the union stands in the byte before the value.
    this.facts.replace(valueBegin - 1, from.offset, NULL)
  }

  refuse(reason: string): Error {
    return new CannotCarryError(
      `column ${quote(this.column.name)} has a value that the target cannot hold: ${reason}`,
      {
        hint: 'Correct the value in the source, choose another mapping (docs/type-mapping.md), or leave the table out.',
      },
    )
  }

  cannotHold(kind: string): Error {
    return new CannotCarryError(
      `column ${quote(this.column.name)} cannot hold what the backup has, values of kind ${kind}`,
      { hint: 'Was the table there before? Its column must be of the type that the plan has.' },
    )
  }
}

/** The value as text, cut when it is long; control characters and lone surrogates of texts made visible. */
function sampleOf(from: AvroReader, valueBegin: number, { logical }: Column): string {
  const offset = from.offset
  from.offset = valueBegin
  const sample = isText(logical.kind) ? textSample(from) : cut(cellText(readCell(from, logical)))
  from.offset = offset
  return sample
}

function isText(kind: string): boolean {
  return kind === 'text' || kind === 'xml' || kind === 'json'
}

function cellText(cell: Cell): string {
  return cell instanceof Uint8Array
    ? `0x${Buffer.from(cell.subarray(0, LONGEST_SAMPLE)).toString('hex')}`
    : String(cell)
}

function textSample(from: AvroReader): string {
  // Enough bytes for the characters shown; the value itself may be many megabytes.
  return JSON.stringify(cut(decodeUtf8(from.readBytes().subarray(0, 4 * LONGEST_SAMPLE))))
}

function cut(text: string): string {
  return text.length > LONGEST_SAMPLE ? `${text.slice(0, LONGEST_SAMPLE)}…` : text
}
