import type { Expression } from '@albackup/core'
import { describe, expect, it } from 'vitest'
import { match } from './matching.ts'

const A: Expression = { kind: 'column', name: 'a' }

/** All texts of up to five of these characters: members of classes, marks and neither. */
const TEXTS = Array.from({ length: 5 }).reduce<readonly string[]>(
  (texts) => ['', ...texts.flatMap((text) => [...'a1@-.'].map((character) => text + character))],
  [''],
)

function isTrue(expression: Expression, text: string): boolean {
  switch (expression.kind) {
    case 'binary': {
      const { operator, left, right } = expression
      if (operator === 'and') return isTrue(left, text) && isTrue(right, text)
      if (operator === 'or') return isTrue(left, text) || isTrue(right, text)
      return (textOf(left, text) === textOf(right, text)) === (operator === '=')
    }
    case 'unary':
      return !isTrue(expression.operand, text)
    case 'like':
      return isLike(textOf(expression.operand, text), textOf(expression.pattern, text)) !== expression.negated
    default:
      throw new Error(`no condition: ${expression.kind}`)
  }
}

function textOf(expression: Expression, text: string): string {
  if (expression.kind === 'column') return text
  if (expression.kind === 'literal' && expression.value.type === 'text') return expression.value.text
  const [operand, place] = expression.kind === 'call' ? expression.arguments : []
  if (place?.kind !== 'literal' || !('digits' in place.value)) throw new Error(`no text: ${expression.kind}`)
  return textOf(operand!, text).slice(Number(place.value.digits) - 1)
}

/** LIKE with a backslash as its escape. */
function isLike(text: string, pattern: string): boolean {
  const parts = pattern.match(/\\.|\[.[^\]]*\]|./gs) ?? []
  const source = parts.map((part) => {
    if (part === '%') return '.*'
    if (part === '_' || part.length > 1) return part === '_' ? '.' : part
    return part.replace(/[.*+?^$(){}|/]/, '\\$&')
  })
  return new RegExp(`^${source.join('')}$`, 's').test(text)
}

describe('a regular expression as patterns of LIKE', () => {
  it.each([
    ...['^a', 'a$', 'a.', '^.a$', '^a.*@$', '[a1]@', '^a?1', '^(a|1@)$', '^a|1$', '^a{2}', '^$|^-'],
    ...['^a*$', '^a+$', '^a{2,}$', '^a{3,}$', '^[^@]{2,}$', '^[a1]*$', '^@a{2,}$', '^a[^@]*$', '^@-[a1]+$'],
    ...['^[^@]+@[^@]+$', '^[^@]+@[^@]+\\.[^@]+$', '^[a1]+-[a1]+$', '^a{2,}-a*$', '^[a1]*@-[a1]*$', '^a+(-a+)?$'],
    ...['^\\.+a\\.+$', '^@+a@*$', '^-*a-*$', '^[a1.-]+@[a1.-]+$', '^[^@.]+(@|\\.)[^@.]+$', '^\\w+@\\w+$', '^1*a1*a1*$'],
  ])('matches what %s matches, and nothing else', (source) => {
    const wanted = TEXTS.filter((text) => new RegExp(source, 's').test(text))
    const matched = match('~', A, source)
    expect(TEXTS.filter((text) => isTrue(matched, text))).toEqual(wanted)
  })

  it.each(['^a*1*$', '^a+@+a+$', '^[a1]+-*[a1]+$', '^[^@]+@+[^@]+$'])(
    'has none for two classes without a bound: %s',
    (source) => {
      expect(() => match('~', A, source)).toThrow()
    },
  )
})
