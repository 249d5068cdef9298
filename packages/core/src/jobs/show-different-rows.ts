import type { Source } from '../dialect/dialect.ts'
import type { SchemaModel } from '../model/schema-model.ts'
import { convertRows } from '../row/convert-rows.ts'
import { rowsOf } from './compared-side.ts'
import { rowWords } from './different-row-text.ts'
import { findDifferentRows } from './different-rows.ts'
import { pairPlannedColumns } from './planned-columns.ts'
import type { RowsRequest } from './prove-rows.ts'
import type { Place, TableProof } from './table-proof.ts'

export interface DifferentRowsRequest extends RowsRequest {
  /** So many rows of each table that differs are named; default 0. Such a table is read twice more, through `openSource`. */
  readonly showRows?: number
  /** The target opened for reading rows; absent: its dialect reads none. */
  readonly openSource?: () => Promise<Source>
}

const SIDES = { A: 'the backup', B: 'the target' } as const

/** The proofs with rows that differ, of each table whose rows do, where that was asked for. `model`: what the target reflects. */
export async function showDifferentRows(
  request: DifferentRowsRequest,
  places: readonly Place[],
  proofs: readonly TableProof[],
  model: SchemaModel,
): Promise<readonly TableProof[]> {
  const { backup, context, onEvent, showRows: limit = 0, openSource } = request
  const differs = proofs.some(({ proven, found }) => !proven && found !== null)
  if (limit === 0 || openSource === undefined || !differs) return proofs
  await using source = await openSource()
  const ofBackup = rowsOf({ kind: 'backup', backup }, { model, scope: undefined })!
  const ofTarget = rowsOf({ kind: 'live', session: source }, { model, scope: undefined })!
  const shown: TableProof[] = []
  for (const [i, proof] of proofs.entries()) {
    const { planned, there } = places[i]!
    if (proof.proven || proof.found === null || there === null) {
      shown.push(proof)
      continue
    }
    const pair = pairPlannedColumns(planned, there, proof.losses)
    const converted = {
      ...ofBackup,
      blocks: () => convertRows(planned.source, pair.converted, ofBackup.blocks(planned.source)),
    }
    const search = { limit, context, onEvent }
    const rows = pair.countsOnly ? [] : await findDifferentRows(pair, [converted, ofTarget], search)
    const differentRows = rows.map((row) => ({ ...row, sentence: rowWords(row, SIDES) }))
    shown.push({ ...proof, differentRows, leftOut: pair.leftOut })
  }
  return shown
}
