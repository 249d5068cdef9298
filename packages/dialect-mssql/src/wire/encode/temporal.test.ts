import { AvroReader, AvroWriter } from '@albackup/core'
import { expect, it } from 'vitest'
import { TdsWriter } from './tds-writer.ts'
import { timeEncoder } from './temporal.ts'
import type { ColumnReport } from './value-encoder.ts'

function encodeTime(microseconds: bigint) {
  const lost: string[] = []
  const report: ColumnReport = {
    count: (kind) => lost.push(kind),
    changed: () => {},
    becomesNull: (kind) => lost.push(`null, ${kind}`),
    clamps: false,
    refuse: (reason) => new Error(reason),
    cannotHold: (kind) => new Error(kind),
  }
  const from = new AvroWriter(16)
  from.writeBigLong(microseconds)
  const to = new TdsWriter(16)
  timeEncoder(6, 6, report).encode(new AvroReader(from.bytes.subarray(0, from.offset)), to)
  return { lost, sent: Buffer.from(to.bytes.subarray(0, to.offset)).toString('hex') }
}

it('the end of the day, 24:00:00 of other engines, is no time of SQL Server and becomes NULL', () => {
  expect(encodeTime(86_399_999_999n)).toEqual({ lost: [], sent: '05ff5fd71d14' })
  expect(encodeTime(86_400_000_000n)).toEqual({ lost: ['null, out-of-range'], sent: '00' })
})
