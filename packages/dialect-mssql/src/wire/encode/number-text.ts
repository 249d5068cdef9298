import type { AvroReader } from '@albackup/core'
import { DECIMAL_BYTES, type DecimalRange, roundedQuotient } from './decimal.ts'
import type { TdsWriter } from './tds-writer.ts'
import { type ColumnReport, endOfValue, type ValueEncoder } from './value-encoder.ts'

/** Digits, with what an amount of money has besides. */
const NUMBER = /^(?<minus>-?)\$?(?<whole>[\d,]*)(?:\.(?<fraction>\d*))?$/
const NOT_A_NUMBER = /^(NaN|-?Infinity)$/
const LONGEST_SHOWN = 40

/** Texts that are numbers into a column of numbers; `write` takes the unscaled value with the column's scale. */
export function numberTextEncoder(
  range: DecimalRange,
  write: (unscaled: bigint, to: TdsWriter) => void,
  report: ColumnReport,
): ValueEncoder {
  return {
    bound: 1 + DECIMAL_BYTES,
    encode(from, to) {
      const valueBegin = from.offset
      const text = readText(from)
      const becomesNull = (kind: 'not-a-number' | 'out-of-range') => {
        report.becomesNull(kind, from, valueBegin)
        to.writeByte(0)
      }
      if (NOT_A_NUMBER.test(text)) return becomesNull('not-a-number')
      const { value, isRounded } = parse(text, range.scale, report)
      if (value < range.least || value > range.greatest) return becomesNull('out-of-range')
      if (isRounded) report.count('rounded', from, valueBegin)
      write(value, to)
    },
  }
}

function readText(from: AvroReader): string {
  const end = endOfValue(from, from.readInt())
  const text = from.bytes.toString('latin1', from.offset, end)
  from.offset = end
  return text
}

/** The number times 10^scale. */
function parse(text: string, scale: number, report: ColumnReport): { value: bigint; isRounded: boolean } {
  const { minus, whole = '', fraction = '' } = NUMBER.exec(text)?.groups ?? {}
  const digits = whole.replaceAll(',', '') + fraction
  if (digits === '') throw report.refuse(`${JSON.stringify(text.slice(0, LONGEST_SHOWN))} is no number`)
  const magnitude = BigInt(digits)
  const unscaled = minus === '-' ? -magnitude : magnitude
  if (fraction.length <= scale) return { value: unscaled * 10n ** BigInt(scale - fraction.length), isRounded: false }
  const factor = 10n ** BigInt(fraction.length - scale)
  const value = roundedQuotient(unscaled, factor)
  return { value, isRounded: value * factor !== unscaled }
}
