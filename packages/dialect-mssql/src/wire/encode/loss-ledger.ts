import { type AvroReader, CannotCarryError, type Column, type Loss, LossCounter } from '@albackup/core'
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
    return this.columns.flatMap((column) => column.list())
  }
}

class ColumnLedger extends LossCounter<LossKind> implements ColumnReport {
  readonly clamps: boolean
  private readonly column: Column
  private readonly facts: ChangedFacts
  private readonly refused: ReadonlySet<LossKind>

  constructor(column: Column, facts: ChangedFacts, policy: LossPolicy) {
    super(column.name, column.logical)
    this.column = column
    this.facts = facts
    this.refused = refusedKinds(column, policy)
    this.clamps = policy.time.beyond === 'clamp'
  }

  changed(begin: number, end: number, bytes: Uint8Array): void {
    this.facts.replace(begin, end, bytes)
  }

  becomesNull(kind: LossKind, from: AvroReader, valueBegin: number): void {
    if (!this.column.nullable || this.refused.has(kind)) {
      throw this.refuse(`${this.sample(from, valueBegin)} is ${kind.replaceAll('-', ' ')}`)
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
