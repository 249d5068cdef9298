import type { TextType } from '@albackup/core'
import { INT, operand, refuse, whole } from '@albackup/core/printing'
import type { ExpressionContext } from './context.ts'
import { convert } from './convert.ts'
import { keepAmbient, type Printed } from './printed.ts'

const JOINED_NUMBER: TextType = { kind: 'text', length: 40, unit: 'bytes', fixed: false }
const UUID_TEXT: TextType = { kind: 'text', length: 36, unit: 'bytes', fixed: false }

function textType(printed: Printed): TextType {
  if (printed.type.kind === 'text') return printed.type
  return refuse(`${printed.type.kind} stands for a text`)
}

/**
 * A text whose blanks at the end are the same on both sides: a padded one gets back those that PostgreSQL drops, which can
 * be counted where a character is a unit of its length.
 */
export function withBlanks(given: Printed, context: ExpressionContext): Printed & { readonly type: TextType } {
  const printed = given.type.kind === 'uuid' ? convert(given, UUID_TEXT) : given
  const type = textType(printed)
  if (!type.fixed) return { ...printed, type }
  if (type.length === null || context.text !== 'ascii') return refuse('a text is padded with blanks')
  return { ...whole(`rpad(${operand(printed)}::text, ${type.length})`, type), type: { ...type, fixed: false } }
}

/** The operand of an operator that may join texts: those that are padded get their blanks, where it is known how many. */
export function unpadded(printed: Printed, context: ExpressionContext): Printed {
  const { type } = printed
  const padded = type.kind === 'text' && type.fixed && type.length !== null && context.text === 'ascii'
  return padded ? { ...withBlanks(printed, context), sized: true } : printed
}

/** Refuses where the source counts UTF-16 units and PostgreSQL characters. */
export function requireSameCount(type: TextType, context: ExpressionContext): void {
  if (type.unit === 'utf16' && context.text !== 'ascii') refuse('the source counts UTF-16 units')
}

/** LEN leaves blanks at the end out. */
export function printLength([text]: readonly Printed[], context: ExpressionContext): Printed {
  requireSameCount(textType(text!), context)
  return whole(`length(${withoutBlanks(text!)})`, INT)
}

/** The text without the blanks at its end, which for a padded one PostgreSQL has dropped already. */
export function withoutBlanks(text: Printed): string {
  return `rtrim(${textType(text).fixed ? `${operand(text)}::text` : text.sql}, ' ')`
}

/** Bytes of the source: two for each UTF-16 unit, one for a character of ASCII. */
export function printByteLength([value]: readonly Printed[], context: ExpressionContext): Printed {
  const { type } = value!
  if (type.kind === 'binary' && !type.fixed) return whole(`octet_length(${value!.sql})`, INT)
  const { sql, type: text } = withBlanks({ ...value!, type: textType(value!) }, context)
  if (text.length === null || context.text !== 'ascii') return refuse('the source counts bytes of its own encoding')
  if (text.unit === 'bytes') return whole(`length(${sql})`, INT)
  return { sql: `2 * length(${sql})`, type: INT, tight: false }
}

/** left, right and substring: a place before the first counts, and a negative length fails in the source. */
export function printPart(name: PartName) {
  return (args: readonly Printed[], context: ExpressionContext): Printed => {
    const [first, ...numbers] = args
    const text = withBlanks(name === 'substring' ? first! : asText(first!), context)
    if (!text.ambient) requireSameCount(text.type, context)
    if (numbers.some(({ type: place }) => place.kind !== 'integer' || place.bits === 64))
      refuse('a place in a text is no int')
    const length = numbers.at(-1)!
    if (length.constant !== undefined && length.sql.startsWith('-')) refuse('a part of a text has a negative length')
    const part = whole(partOf(name, text.sql, numbers, context), text.type)
    return keepSymbols(text, keepAmbient(text, part))
  }
}

/** A whole number of which LEFT and RIGHT give a part. */
function asText(printed: Printed): Printed {
  return printed.type.kind === 'integer' && printed.constant === undefined ? convert(printed, JOINED_NUMBER) : printed
}

type PartName = 'left' | 'right' | 'substring'

/**
 * A negative length is an error in the source, and for `substring` here; `left` and `right` would take it for a number of
 * characters to leave out.
 */
function partOf(name: PartName, text: string, numbers: readonly Printed[], { lenient }: ExpressionContext): string {
  const length = numbers.at(-1)!
  const places = numbers.slice(0, -1).map(({ sql }) => sql)
  if (length.constant !== undefined) return `${name}(${[text, ...places, length.sql].join(', ')})`
  if (lenient) return `${name}(${[text, ...places, `nullif(greatest(${length.sql}, -1), -1)`].join(', ')})`
  if (name === 'right') return `reverse(substring(reverse(${text}), 1, ${length.sql}))`
  return `substring(${[text, ...(name === 'left' ? ['1'] : places), length.sql].join(', ')})`
}

/** Only blanks (U+0020) are trimmed, on both sides. */
export function printTrim(name: 'ltrim' | 'rtrim' | 'btrim') {
  return ([text]: readonly Printed[], context: ExpressionContext): Printed => {
    const type = textType(text!)
    if (!type.fixed) return whole(`${name}(${text!.sql}, ' ')`, type)
    const characters = name === 'ltrim' ? withBlanks(text!, context).sql : `${operand(text!)}::text`
    return whole(`${name}(${characters}, ' ')`, { ...type, fixed: false })
  }
}

/** Which letter is another's capital depends on the collation; for ASCII only on its being known. */
export function printCase(name: 'upper' | 'lower') {
  return ([given]: readonly Printed[], context: ExpressionContext): Printed => {
    const text = withBlanks(given!, context)
    const known = context.text === 'ascii' && text.type.comparison !== undefined
    if (!known && text.symbols === undefined && !text.ambient) return refuse('capitals depend on a collation')
    return keepSymbols(text, keepAmbient(text, whole(`${name}(${operand(text)} collate "C")`, text.type)))
  }
}

/** A part of a text of a few symbols, or the same in other letters, has no others. */
export function keepSymbols(origin: Printed, printed: Printed): Printed {
  const { symbols } = origin
  if (symbols === undefined) return printed
  return { ...printed, ascii: true, symbols: symbols === 'digits' ? 'part of digits' : symbols }
}

export function printReverse([given]: readonly Printed[], context: ExpressionContext): Printed {
  const text = withBlanks(given!, context)
  requireSameCount(text.type, context)
  return whole(`reverse(${text.sql})`, text.type)
}

/** CONCAT takes NULL for the empty text. PostgreSQL's own is not immutable. */
export function printConcat(args: readonly Printed[], context: ExpressionContext): Printed {
  const texts = args.map((each) => withBlanks(each.type.kind === 'text' ? each : convert(each, JOINED_NUMBER), context))
  const types = texts.map(({ type }) => type)
  const lengths = types.map((type) => type.length)
  const unit = types.some((type) => type.unit === 'utf16') ? 'utf16' : 'bytes'
  const length = lengths.includes(null) ? null : lengths.reduce<number>((sum, each) => sum + each!, 0)
  if (length !== null && length > (unit === 'utf16' ? 4000 : 8000)) refuse('the joined texts may be cut')
  const comparison = types.find((type) => type.comparison !== undefined)?.comparison
  return {
    sql: texts.map((each) => (each.constant ? each.sql : `coalesce(${each.sql}, '')`)).join(' || '),
    type: { kind: 'text', length, unit, fixed: false, ...(comparison === undefined ? {} : { comparison }) },
    tight: false,
  }
}
