import { type AvroWriter, SourceError } from '@albackup/core'
import { compact, requireLength, type ValueBytes, type ValueDecoder } from './value-decoder.ts'

/** A sign and at most 16 bytes of magnitude. */
const LONGEST = 17

/** decimal and numeric: a sign byte (1 is not negative), then the magnitude, least significant byte first. */
export function decimalDecoder(announcedScale: number, scale: number, writer: AvroWriter): ValueDecoder {
  if (announcedScale !== scale) return rescalingDecoder(scale - announcedScale, writer)
  return compact((input, begin, end) => {
    requireDecimal(begin, end)
    writer.writeDecimal(input.bytes[begin] === 0, input.bytes, begin + 1, end)
  })
}

/** money: the high half, then the low half, of the value times 10000. */
export function moneyDecoder(writer: AvroWriter): ValueDecoder {
  const magnitude = new Uint8Array(8)
  const words = new DataView(magnitude.buffer)
  return compact((input, begin, end) => {
    requireLength(begin, end, 8)
    let high = input.view.getInt32(begin, true)
    let low = input.view.getInt32(begin + 4, true)
    const negative = high < 0
    if (negative) {
      low = -low | 0
      high = (low === 0 ? -high : ~high) | 0
    }
    words.setInt32(0, low, true)
    words.setInt32(4, high, true)
    writer.writeDecimal(negative, magnitude, 0, 8)
  })
}

/** smallmoney: the value times 10000 in 32 bits. */
export function smallMoneyDecoder(writer: AvroWriter): ValueDecoder {
  const magnitude = new Uint8Array(4)
  const words = new DataView(magnitude.buffer)
  return compact((input, begin, end) => {
    requireLength(begin, end, 4)
    const value = input.view.getInt32(begin, true)
    words.setInt32(0, Math.abs(value), true)
    writer.writeDecimal(value < 0, magnitude, 0, 4)
  })
}

/** The absolute value of a decimal on the wire, unscaled. */
export function readMagnitude(bytes: Uint8Array, begin: number, end: number): bigint {
  let magnitude = 0n
  for (let i = end - 1; i > begin; i--) magnitude = (magnitude << 8n) | BigInt(bytes[i]!)
  return magnitude
}

/** A server may announce another scale in a result than the column is declared with; `shift` digits are added, or dropped when 0. */
function rescalingDecoder(shift: number, writer: AvroWriter): ValueDecoder {
  const factor = 10n ** BigInt(Math.abs(shift))
  const magnitude = new Uint8Array(LONGEST)
  return compact((input: ValueBytes, begin: number, end: number) => {
    requireDecimal(begin, end)
    const announced = readMagnitude(input.bytes, begin, end)
    if (shift < 0 && announced % factor !== 0n) throw new SourceError('a decimal has more digits than its column')
    let rest = shift < 0 ? announced / factor : announced * factor
    for (let i = 0; i < LONGEST; i++, rest >>= 8n) magnitude[i] = Number(rest & 0xffn)
    if (rest !== 0n) throw new SourceError('a decimal has more digits than its column')
    writer.writeDecimal(input.bytes[begin] === 0, magnitude, 0, LONGEST)
  })
}

function requireDecimal(begin: number, end: number): void {
  if (end - begin < 2 || end - begin > LONGEST) throw new SourceError(`a decimal has ${end - begin} bytes`)
}
