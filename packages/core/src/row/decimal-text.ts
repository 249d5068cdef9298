/** The text of an unscaled big-endian two's complement, with exactly `scale` digits after the point. */
export function decimalText(bytes: Uint8Array, scale: number): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
  const unscaled = hex === '' ? 0n : BigInt.asIntN(bytes.length * 8, BigInt(`0x${hex}`))
  const negative = unscaled < 0n
  const digits = (negative ? -unscaled : unscaled).toString().padStart(scale + 1, '0')
  const point = digits.length - scale
  return `${negative ? '-' : ''}${digits.slice(0, point)}${scale === 0 ? '' : `.${digits.slice(point)}`}`
}

const NOT_A_NUMBER = 'NaN'

/** As `decimalText`; 10^precision, which no value of the type is, stands for NaN. */
export function decimalCell(bytes: Uint8Array, precision: number, scale: number): string {
  const text = decimalText(bytes, scale)
  return text.length > precision && text.replace('.', '') === `1${'0'.repeat(precision)}` ? NOT_A_NUMBER : text
}

/** Sign and magnitude, least significant byte first, never empty. Throws a RangeError when the text is not of the type. */
export function parseDecimal(
  text: string,
  precision: number,
  scale: number,
): { readonly negative: boolean; readonly magnitude: Uint8Array } {
  if (text === NOT_A_NUMBER) return { negative: false, magnitude: magnitudeOf(10n ** BigInt(precision)) }
  const match = /^([-+]?)(\d+)(?:\.(\d*))?$/.exec(text)
  const fraction = match?.[3] ?? ''
  if (match === null || fraction.length > scale) throw new RangeError(`'${text}' is no decimal(${precision},${scale})`)
  const unscaled = BigInt(match[2] + fraction.padEnd(scale, '0'))
  if (unscaled >= 10n ** BigInt(precision)) throw new RangeError(`'${text}' is no decimal(${precision},${scale})`)
  return { negative: match[1] === '-' && unscaled !== 0n, magnitude: magnitudeOf(unscaled) }
}

function magnitudeOf(unscaled: bigint): Uint8Array {
  const hex = unscaled.toString(16)
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').reverse()
}
