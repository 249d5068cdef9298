const INTEGERS = ['tinyint', 'smallint', 'int', 'bigint']
const DECIMAL = /^decimal\((\d+),(\d+)\)$/
const LENGTH = /^(n?varchar|varbinary)\((\d+)\)$/
const MOST_DIGITS = 38

/** A type of SQL Server that holds what both hold; undefined when they are of different kinds. */
export function widerType(one: string, other: string): string | undefined {
  const [first, second] = [INTEGERS.indexOf(one), INTEGERS.indexOf(other)]
  if (first >= 0 && second >= 0) return INTEGERS[Math.max(first, second)]
  const [length, otherLength] = [LENGTH.exec(one), LENGTH.exec(other)]
  if (length !== null && otherLength !== null) {
    if (length[1] !== otherLength[1]) return undefined
    return Number(length[2]) > Number(otherLength[2]) ? one : other
  }
  const [digits, otherDigits] = [DECIMAL.exec(one), DECIMAL.exec(other)]
  return digits === null || otherDigits === null ? undefined : widerDecimal(digits, otherDigits)
}

function widerDecimal([, p1, s1]: RegExpExecArray, [, p2, s2]: RegExpExecArray): string | undefined {
  const scale = Math.max(Number(s1), Number(s2))
  const precision = scale + Math.max(Number(p1) - Number(s1), Number(p2) - Number(s2))
  return precision > MOST_DIGITS ? undefined : `decimal(${precision},${scale})`
}
