/**
 * What stands for NaN in an Avro decimal of `precision` digits (docs/format.md): 10^precision, the first number that has too many
 * digits. As bytes: big-endian two's complement.
 */
export function notANumber(precision: number): Uint8Array {
  const hex = (10n ** BigInt(precision)).toString(16)
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
  return bytes[0]! < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes])
}
