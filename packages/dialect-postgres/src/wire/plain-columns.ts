import { STEP_BYTES } from './plain-forms.ts'
import { PLACES, type PlainMemory } from './plain-memory.ts'

/** So many rows tell whether those of a table are plain. */
const ROWS_TO_JUDGE = 1000

/** One of plain-forms.ts, and its parameters. */
export type PlainForm = readonly [form: number, first?: bigint, second?: bigint]

/** How the values of a column are brought where they are plain. */
export interface PlainColumn {
  readonly form: PlainForm
  /** How many fields NULL takes; 0: the column is never null. */
  readonly nulls: number
}

/** What the rows of a table have in common. `bound`: see assembly/job.ts. */
export interface PlainRow {
  readonly fields: number
  readonly bound: number
  readonly withDigest: boolean
}

/** Of columns in the same order; undefined when one has no form, that is, when no row of the table is plain. */
export function plainColumns(
  columns: readonly { readonly plain?: PlainForm; readonly nulls: number }[],
): readonly PlainColumn[] | undefined {
  const plain: PlainColumn[] = []
  for (const { plain: form, nulls } of columns) {
    if (form === undefined) return undefined
    plain.push({ form, nulls })
  }
  return plain
}

/** Tells the code of a table's rows. */
export function prepare({ bytes, code }: PlainMemory, columns: readonly PlainColumn[], row: PlainRow): void {
  for (const [i, { form, nulls }] of columns.entries()) {
    const [kind, first = 0n, second = 0n] = form
    const at = PLACES.steps.begin + i * STEP_BYTES
    bytes.writeInt32LE(kind, at)
    bytes.writeInt32LE(nulls, at + 4)
    bytes.writeBigInt64LE(first, at + 8)
    bytes.writeBigInt64LE(second, at + 16)
  }
  code.prepare(PLACES.steps.begin, columns.length, row.fields, row.bound, row.withDigest)
}

/** Whether the rows of a table are worth trying: not where most turn out to be none that are plain. */
export class PlainShare {
  private plain = 0
  private others = 0

  get small(): boolean {
    return this.others > ROWS_TO_JUDGE && this.others > this.plain
  }

  count(plain: number, others: number): void {
    this.plain += plain
    this.others += others
  }
}
