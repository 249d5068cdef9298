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
  if (aspect === 'name') return renamed(a, b)
  if (a === null || b === null) return comesOrGoes(aspect, a, b)
  if (aspect === 'text') return textDiffers(a, b)
  const [inA, inB] = shortened(a.replaceAll(/\s+/gu, ' '), b.replaceAll(/\s+/gu, ' '))
  return SAID.has(aspect) ? `is ${inA} in A and ${inB} in B` : `has ${aspect} ${inA} in A and ${inB} in B`
}

/** The name in A stands in the subject of the sentence. */
function renamed(a: string | null, b: string | null): string {
  const inB = `${b ?? 'by the server'} in B`
  return a === null ? `is named by the server in A and ${inB}` : `is named ${inB}`
}

function comesOrGoes(aspect: string, a: string | null, b: string | null): string {
  const [value] = shortened((a ?? b ?? '').replaceAll(/\s+/gu, ' '), '')
  return a === null ? `has no ${aspect} in A and ${value} in B` : `has ${aspect} ${value} in A and none in B`
}

function textDiffers(a: string, b: string): string {
  // A carriage return belongs to its line, so that texts that differ in line ends only differ in a line.
  const [linesOfA, linesOfB] = [a.split('\n'), b.split('\n')]
  const first = linesOfA.findIndex((line, index) => line !== linesOfB[index])
  const line = first < 0 ? linesOfA.length : first
  const [inA, inB] = shortened(linesOfA[line] ?? '', linesOfB[line] ?? '')
  const words = (lines: readonly string[], text: string) => (line < lines.length ? JSON.stringify(text) : 'its end')
  return `has another text from line ${line + 1} on: ${words(linesOfA, inA)} in A and ${words(linesOfB, inB)} in B`
}

const LONGEST = 100
/** So much of what is the same is shown before the first character that differs. */
const BEFORE = 40

/** Two texts cut so that what differs first can be seen. */
function shortened(a: string, b: string): readonly [string, string] {
  if (a.length <= LONGEST && b.length <= LONGEST) return [a, b]
  let same = 0
  while (same < a.length && a[same] === b[same]) same++
  const begin = same < LONGEST - BEFORE ? 0 : same - BEFORE
  return [cut(a, begin), cut(b, begin)]
}

function cut(text: string, begin: number): string {
  const part = text.slice(begin, begin + LONGEST).toWellFormed()
  return `${begin > 0 ? '…' : ''}${part}${begin + LONGEST < text.length ? '…' : ''}`
}
