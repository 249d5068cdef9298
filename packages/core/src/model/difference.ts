import type { NormalPart } from './normal-form.ts'

/** One thing in which two models differ; plain data. */
export interface Difference {
  /** What it belongs to, by which differences are grouped: a table, a view, the database. */
  readonly object: { readonly kind: string; readonly name: string }
  /** What differs: 'column', 'foreign key', or the kind of the object itself. */
  readonly kind: string
  readonly name: string
  /** 'presence', 'order', 'type', 'nullability', 'text', … */
  readonly aspect: string
  /** As it is in A; null: there is none. */
  readonly a: string | null
  readonly b: string | null
  /** All of it for people, long values cut. */
  readonly sentence: string
}

export type Side = 'A' | 'B'

/** `owner`: the object it belongs to, null for the database. */
export function partDiffers(
  owner: NormalPart | null,
  part: NormalPart,
  aspect: string,
  a: string | null,
  b: string | null,
): Difference {
  return difference(owner ?? part, part, aspect, a, b, predicate(aspect, a, b))
}

/** `only`: the side that has it. */
export function partMissing(owner: NormalPart, part: NormalPart, only: Side): Difference {
  const there = (side: Side) => (only === side ? 'there' : null)
  return difference(owner, part, 'presence', there('A'), there('B'), `is only in ${only}`)
}

export function orderDiffers(table: NormalPart, a: readonly string[], b: readonly string[]): Difference {
  const first = a.findIndex((name, index) => name !== b[index])
  const from = (names: readonly string[]) => names.slice(first, first + 2).join(', ')
  const sentence = `has its columns in another order, from number ${first + 1} on: ${from(a)} in A and ${from(b)} in B`
  return difference(table, table, 'order', a.join(', '), b.join(', '), sentence)
}

function difference(
  owner: NormalPart,
  part: NormalPart,
  aspect: string,
  a: string | null,
  b: string | null,
  words: string,
): Difference {
  const subject = owner === part ? '' : `: ${titleOf(part)}`
  return {
    object: { kind: owner.kind, name: owner.name },
    kind: part.kind,
    name: part.name,
    aspect,
    a,
    b,
    sentence: `${titleOf(owner)}${subject} ${words}`,
  }
}

function titleOf({ kind, name }: NormalPart): string {
  return name === '' ? `the ${kind}` : `${kind} ${name}`
}

/** Aspects whose value is said of the thing itself: a column *is* nullable, and *has* a default. */
const SAID = new Set(['type', 'nullability', 'persistence', 'uniqueness', 'clustering', 'state', 'trust', 'cycling'])

function predicate(aspect: string, a: string | null, b: string | null): string {
  if (aspect === 'text' && a !== null && b !== null) return textDiffers(a, b)
  if (aspect === 'name') return renamed(a, b)
  if (SAID.has(aspect) && a !== null && b !== null) return `is ${short(a)} in A and ${short(b)} in B`
  if (a === null) return `has no ${aspect} in A and ${short(b ?? 'none')} in B`
  return `has ${aspect} ${short(a)} in A and ${short(b ?? 'none')} in B`
}

/** The name in A stands in the subject of the sentence. */
function renamed(a: string | null, b: string | null): string {
  const inB = `${b === null ? 'by the server' : short(b)} in B`
  return a === null ? `is named by the server in A and ${inB}` : `is named ${inB}`
}

function textDiffers(a: string, b: string): string {
  const [linesOfA, linesOfB] = [linesOf(a), linesOf(b)]
  const first = linesOfA.findIndex((line, index) => line !== linesOfB[index])
  const line = first < 0 ? linesOfA.length : first
  return `has another text from line ${line + 1} on: ${lineWords(linesOfA[line])} in A and ${lineWords(linesOfB[line])} in B`
}

/** A carriage return belongs to its line, so that texts that differ in line ends only differ in a line. */
function linesOf(text: string): readonly string[] {
  return text.split('\n')
}

function lineWords(line: string | undefined): string {
  return line === undefined ? 'its end' : JSON.stringify(cut(line))
}

function short(text: string): string {
  return cut(text.replaceAll(/\s+/gu, ' '))
}

const LONGEST = 100

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1).toWellFormed()}…` : text
}
