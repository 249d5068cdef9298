import type { Expression, Literal, TextPair, TextVerdict } from '@albackup/core'
import { parseExpression } from './expression-parser.ts'

/**
 * Whether expressions, types and texts mean the same, by what is known of T-SQL alone. SQL Server keeps an expression in words of
 * its own (`in` as a chain of `or`); where the trees differ and both speak of the same columns and constants, it cannot be told.
 * Collations are the server's to tell.
 */
export function compareTexts(
  pairs: readonly TextPair[],
  isSameCollation: (pair: TextPair) => boolean,
): readonly TextVerdict[] {
  return pairs.map((pair) => {
    const { aspect, planned, found } = pair
    if (aspect === 'collation') return isSameCollation(pair)
    if (aspect === 'type') return typeWords(planned) === typeWords(found)
    if (aspect === 'text' || aspect === 'definition') return sameLines(planned, found)
    return compareExpressions(planned, found)
  })
}

/** Blanks, brackets and case mean nothing in the name of a type. */
function typeWords(declaration: string): string {
  return declaration.toLowerCase().replaceAll(/[\s[\]"]/g, '')
}

function sameLines(one: string, other: string): boolean {
  const lines = (text: string) => text.split(/\r?\n/).map((line) => line.trimEnd())
  return lines(one).join('\n').trim() === lines(other).join('\n').trim()
}

function compareExpressions(planned: string, found: string): TextVerdict {
  if (withoutWrapping(planned) === withoutWrapping(found)) return true
  const [one, other] = [parseExpression(planned), parseExpression(found)]
  if (one === undefined || other === undefined) return null
  if (JSON.stringify(canonical(one)) === JSON.stringify(canonical(other))) return true
  const [ofOne, ofOther] = [leaves(one), leaves(other)]
  return ofOne === ofOther ? null : false
}

/** `((0))` as `0`: the server puts as many parentheses around as it likes. */
function withoutWrapping(expression: string): string {
  let text = expression.trim()
  while (/^\([^()']*\)$/.test(text)) text = text.slice(1, -1).trim()
  return text
}

/** Names without case, and chains of `and` and `or` in one order. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  const node = value as Expression
  if (node.kind === 'column') return { ...node, name: node.name.toLowerCase() }
  if (node.kind === 'literal' && node.value.type === 'float') return { float: floatDigits(node.value.digits) }
  if (node.kind === 'binary' && (node.operator === 'and' || node.operator === 'or')) {
    return {
      chain: node.operator,
      of: chainOf(node, node.operator)
        .map((one) => JSON.stringify(canonical(one)))
        .sort(),
    }
  }
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, canonical(inner)]))
}

function chainOf(node: Expression, operator: 'and' | 'or'): readonly Expression[] {
  if (node.kind !== 'binary' || node.operator !== operator) return [node]
  return [...chainOf(node.left, operator), ...chainOf(node.right, operator)]
}

/** Without its type, which a server may change: `2.` and `'2'` are one. */
function constantOf(value: Literal): string {
  if (value.type === 'float') return floatDigits(value.digits)
  if ('digits' in value)
    return value.digits
      .replace(/^0*(?=\d)/, '')
      .replace(/\.0*$|(\.\d*?)0+$/, '$1')
      .replace(/^(?=\.|$)/, '0')
  if (value.type === 'binary') return `0x${value.hex}`
  return value.type === 'text' ? value.text : JSON.stringify(value)
}

/** SQL Server writes 1.5e0 as `1.5000000000000000e+000`. */
function floatDigits(digits: string): string {
  return String(Number(digits))
}

/** The columns and constants of an expression, each once. */
function leaves(expression: Expression): string {
  const found = new Set<string>()
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const node = value as Expression
    if (node.kind === 'column') found.add(`column ${node.name.toLowerCase()}`)
    else if (node.kind === 'literal') found.add(`constant ${constantOf(node.value)}`)
    else for (const inner of Object.values(value)) visit(inner)
  }
  visit(expression)
  return [...found].sort().join('\n')
}
