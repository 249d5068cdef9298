import { afterEach, expect, it, vi } from 'vitest'
import { roundTrip } from '../testing/round-trip.ts'
import { usePostgresSource } from '../testing/test-source.ts'
import { PlainDecoder } from './plain-decoder.ts'
import { PlainEncoder } from './plain-encoder.ts'

const database = usePostgresSource()
const ROWS = 1000

afterEach(() => void vi.restoreAllMocks())

it('is the way of the rows of a dump and of a restore', async () => {
  await using origin = await database(
    `create table t as select n, (n * 1.5)::numeric(9, 2) as amount, 'row ' || n as note, now() as made from generate_series(1, ${ROWS}) as n`,
  )
  await using copy = await database('')
  const [decode, encode] = [vi.spyOn(PlainDecoder.prototype, 'decode'), vi.spyOn(PlainEncoder.prototype, 'encode')]
  expect((await roundTrip(origin.connection, copy.connection)).different).toEqual([])
  const sum = ({ mock }: typeof decode | typeof encode) => mock.results.reduce((rows, { value }) => rows + value, 0)
  expect(sum(encode)).toBe(ROWS)
  // Read for the restore, and once more on each side; the first row comes with what is in front of all rows, and is not looked at.
  expect(sum(decode)).toBe(3 * (ROWS - 1))
})
