/** Decimal numbers as text: an optional sign, digits, an optional point and more digits. */
const NUMBER = /^(-?)(\d*)\.?(\d*)$/

/** So many digits come back from a double as they went. */
export const PLAIN_DIGITS = 15

/** Without needless zeros at the left, and with a digit before the point: `.5` is `0.5`, `1.` is `1`. */
export function canonicalNumber(digits: string): string {
  const { sign, whole, fraction } = split(digits)
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

/** How many digits there are, and how many after the point, as SQL types a decimal literal. */
export function precisionOf(digits: string): { readonly precision: number; readonly scale: number } {
  const { whole, fraction } = split(digits)
  const significant = whole === '0' ? fraction.length : whole.length + fraction.length
  return { precision: Math.max(significant, 1), scale: fraction.length }
}

/** With `scale` digits after the point, halves rounded away from zero. */
export function rescale(digits: string, scale: number): string {
  const { sign, whole, fraction } = split(digits)
  if (fraction.length <= scale) return canonicalNumber(digits)
  const kept = BigInt(whole + fraction.slice(0, scale)) + (fraction[scale]! >= '5' ? 1n : 0n)
  const text = String(kept).padStart(scale + 1, '0')
  const point = text.length - scale
  return `${kept === 0n ? '' : sign}${text.slice(0, point)}${scale === 0 ? '' : `.${text.slice(point)}`}`
}

/** The digits before the point. */
export function wholePart(digits: string): string {
  const { sign, whole } = split(digits)
  return whole === '0' ? '0' : `${sign}${whole}`
}

export function isZero(digits: string): boolean {
  return !/[1-9]/.test(digits.replace(/e.*$/i, ''))
}

/** Whether the number has one and the same nearest double by every way to compute it: digits and power both exact. */
export function isPlainDouble(digits: string): boolean {
  return digits.replace(/[-.]/g, '').replace(/^0+/, '').length <= PLAIN_DIGITS && precisionOf(digits).scale <= 22
}

/** Whether the nearest real is the same when it is found by way of the nearest double: that is no midpoint of two reals. */
export function isPlainReal(digits: string): boolean {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, Number(digits))
  return isPlainDouble(digits) && (view.getUint32(4) & 0x1fffffff) !== 0x10000000
}

function split(digits: string): { readonly sign: string; readonly whole: string; readonly fraction: string } {
  const [, sign, whole, fraction] = NUMBER.exec(digits)!
  return { sign: sign!, whole: whole!.replace(/^0+(?=.)/, '') || '0', fraction: fraction! }
}
