import type { TextType } from '@albackup/core'
import { INT, loose, operand, refuse, whole } from '@albackup/core/printing'
import { collated, commonComparison, inOneCollation } from './compare-texts.ts'
import type { ExpressionContext } from './context.ts'
import { asType } from './convert.ts'
import { isPlainText, toText } from './convert-to-text.ts'
import { cast, collationOf, type Printed } from './printed.ts'

const LONGEST = 4000

/** A text whose characters are known and whose blanks at the end are its own. */
function plainText({ type, constant }: Printed): TextType {
  if (type.kind !== 'text') return refuse(`${type.kind} stands for a text`)
  if (constant === undefined && !isPlainText(type))
    return refuse('a text is that of a value which only the source understands')
  return type.fixed ? refuse('a text is padded with blanks') : type
}

function requireAscii(context: ExpressionContext): void {
  if (context.text !== 'ascii') refuse('SQL Server counts UTF-16 units')
}

function made(sql: string, text: Printed, type: TextType): Printed {
  return { ...whole(sql, type), ...collationOf(text) }
}

/** Blanks at the end count but in a text that is padded with them. */
export function printCharacterCount([value]: readonly Printed[], context: ExpressionContext): Printed {
  const { type, sql } = value!
  if (type.kind === 'binary') return whole(`datalength(${sql})`, INT)
  const isPadded = isPlainText(type) && type.fixed
  if (!isPadded) plainText(value!)
  requireAscii(context)
  return isPadded ? whole(`len(${sql})`, INT) : countOf(value!)
}

/** LEN leaves out blanks at the end; there are none when something follows them. */
function countOf(value: Printed): Printed {
  const isFull = value.type.kind === 'text' && value.type.length === LONGEST
  const text = isFull ? cast(value, 'nvarchar(max)', value.type) : value
  return loose(`len(${operand(text)} + N'.') - 1`, INT)
}

/** Whether there is anything in a text, in whatever units that is counted. */
export function printEmptiness(operator: string, value: Printed): Printed | undefined {
  const { type, sql } = value
  if (!isPlainText(type) || type.fixed) return undefined
  return loose(`datalength(${sql}) ${operator} 0`, { kind: 'condition' })
}

/** Bytes of the source: for ASCII one for each character. */
export function printByteLength([value]: readonly Printed[], context: ExpressionContext): Printed {
  if (value!.type.kind === 'binary') return whole(`datalength(${value!.sql})`, INT)
  plainText(value!)
  requireAscii(context)
  return countOf(value!)
}

/** left, right and substring: a place before the first counts, and a negative length fails. */
export function printPart(name: 'left' | 'right' | 'substring') {
  return (args: readonly Printed[], context: ExpressionContext): Printed => {
    const [text, ...numbers] = args
    const type = plainText(text!)
    requireAscii(context)
    if (numbers.some((number) => number.type.kind !== 'integer')) refuse('a place in a text is no integer')
    return made(`${name}(${args.map((each) => each.sql).join(', ')})`, text!, type)
  }
}

/** Only blanks (U+0020) are trimmed, on both sides. */
export function printTrim(name: 'trim' | 'ltrim' | 'rtrim') {
  return ([text]: readonly Printed[]): Printed => made(`${name}(${text!.sql})`, text!, plainText(text!))
}

/** Which letter is another's capital depends on the collation; for ASCII not in this one. */
export function printCapitals(name: 'upper' | 'lower') {
  return ([text]: readonly Printed[], context: ExpressionContext): Printed => {
    const type = plainText(text!)
    if (context.text !== 'ascii') return refuse('capitals depend on a collation')
    const plain = collated(text!)
    return made(`${name}(${plain.sql})`, plain, type)
  }
}

/** CHARINDEX finds no empty text, where others find it at the beginning. */
export function printPosition([searched, text]: readonly Printed[], context: ExpressionContext): Printed {
  plainText(text!)
  requireSearchable(searched!, text!)
  requireAscii(context)
  return whole(`charindex(${searched!.sql}, ${collated(text!).sql})`, INT)
}

/** REPLACE cuts what gets longer than 4,000 units, unless it began as a text of any length. */
export function printReplace([text, searched, replacement]: readonly Printed[]): Printed {
  const type = plainText(text!)
  requireSearchable(searched!, text!)
  const by = replacement!.constant
  if (by?.type !== 'text') return refuse('what is put in is no literal')
  const grows = type.length !== null && (searched!.constant as { text: string }).text.length < by.text.length
  const roomy = grows ? { ...cast(text!, 'nvarchar(max)', type), ...collationOf(text!) } : text!
  const within = collated(roomy)
  const sql = `replace(${within.sql}, ${searched!.sql}, ${replacement!.sql})`
  return made(sql, within, grows ? { ...type, length: null } : type)
}

function requireSearchable(searched: Printed, text: Printed): void {
  commonComparison([text])
  if (searched.constant?.type !== 'text' || searched.constant.text === '') refuse('what is searched is no literal')
}

export function printReverse([text]: readonly Printed[], context: ExpressionContext): Printed {
  const type = plainText(text!)
  requireAscii(context)
  return made(`reverse(${text!.sql})`, text!, type)
}

const UNLIMITED: TextType = { kind: 'text', length: null, unit: 'characters', fixed: false }

/** NULL is taken for the empty text. */
export function printConcat(args: readonly Printed[], context: ExpressionContext): Printed {
  const texts = inOneCollation(args.map((arg) => joinedText(arg, context)))
  const types = texts.map(plainText)
  const lengths = types.map(({ length }) => length)
  const units = lengths.reduce<number>((sum, length) => sum + 2 * (length ?? 0), 0)
  const mayBeCut = !lengths.includes(null) && units > LONGEST
  const words = texts.map(({ sql }) => sql)
  // CONCAT takes two at least.
  if (words.length === 1) words.push("N''")
  if (mayBeCut) words[0] = cast(texts[0]!, 'nvarchar(max)', UNLIMITED).sql
  const comparison = types.find((type) => type.comparison !== undefined)?.comparison
  const length = mayBeCut || lengths.includes(null) ? null : units / 2
  return {
    ...whole(`concat(${words.join(', ')})`, { ...UNLIMITED, length, ...(comparison && { comparison }) }),
    ...collationOf(...texts),
  }
}

/** PostgreSQL joins what it prints, which is `t` for true, and a padded text with its blanks. */
function joinedText(value: Printed, context: ExpressionContext): Printed {
  if (value.type.kind === 'text') return value
  if (value.type.kind === 'boolean') return refuse('a boolean is joined')
  return value.constant ? asType(value, UNLIMITED, context) : toText(value, UNLIMITED, context)
}
