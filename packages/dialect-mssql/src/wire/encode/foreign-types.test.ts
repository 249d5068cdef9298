import { AvroWriter, type LogicalType, type RowBlock } from '@albackup/core'
import { TYPE_SAMPLES } from '@albackup/testkit'
import { done } from '@albackup/testkit/tds-replay'
import { describe, expect, it } from 'vitest'
import { foreignType } from '../../plan/foreign-types.ts'
import { encodeForTarget } from '../../testing/encode-rows.ts'
import { column } from '../../testing/read-response.ts'
import { pair } from '../../testing/target-column.ts'
import { ResponseReader } from '../response-reader.ts'
import { columnMetadata } from './column-metadata.ts'
import type { ColumnPair } from './column-pair.ts'

/** The digest of rows that a server answers with, read as a dump reads them. */
function digestOf({ source, target }: ColumnPair, rows: number, tokens: Uint8Array): bigint {
  const blocks: RowBlock[] = []
  const held = column('v', target.logical, source.nullable)
  const reader = new ResponseReader([held], new AvroWriter(), (block) => blocks.push(block))
  for (const payload of [columnMetadata([target]), tokens, done({ rows })]) reader.push(payload)
  reader.end()
  return blocks.reduce((sum, { digest }) => BigInt.asUintN(64, sum + digest), 0n)
}

const MORE: readonly LogicalType[] = [
  { kind: 'decimal', precision: 40, scale: 3 },
  { kind: 'decimal', precision: 60, scale: 50 },
]

describe('values of every type of the model, in the type that they get when they come from another engine', () => {
  it.each(TYPE_SAMPLES)('read back as what the facts say: $name', async ({ logical, cells }) => {
    const one = pair(column('v', logical), foreignType(logical).declaration)
    const rows = [...cells.map((cell) => [cell]), [null]]
    const { tokens, digest, losses } = await encodeForTarget([one], rows)
    expect(digest).toBe(digestOf(one, rows.length, tokens))
    expect(losses).toEqual([])
  })

  it.each(MORE)('read back as what the facts say, also when digits are lost: %j', async (logical) => {
    const one = pair(column('v', logical), foreignType(logical).declaration)
    const rows = [['1.125'], ['-0.001'], ['0'], ['123456789.5'], [null]]
    const { tokens, digest } = await encodeForTarget([one], rows)
    expect(digest).toBe(digestOf(one, rows.length, tokens))
  })
})
