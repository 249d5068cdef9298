import type { Aspects } from './normal-form.ts'
import type { Json, NativeFacts } from './schema-model.ts'

/** An aspect for each fact, its camel-case name in words: `fillFactor` is 'fill factor'. */
export function nativeAspects(facts: NativeFacts | undefined): Aspects {
  return Object.fromEntries(Object.entries(facts ?? {}).map(([name, fact]) => [inWords(name), factText(fact)]))
}

/** Statements as one text. */
export function textOf(statements: readonly string[]): string {
  return statements.join('\n')
}

function inWords(name: string): string {
  return name.replaceAll(/[A-Z]+(?![a-z])|[A-Z]/g, (capitals) => ` ${capitals.toLowerCase()}`).trim()
}

function factText(fact: Json): string | null {
  if (fact === null || fact === false) return null
  if (fact === true) return 'yes'
  return typeof fact === 'object' ? JSON.stringify(sorted(fact)) : String(fact)
}

/** Keys of objects in one order; the order of a list means something. */
function sorted(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(sorted)
  const entries = Object.entries(value as Readonly<Record<string, Json>>).sort(([one], [other]) =>
    one < other ? -1 : 1,
  )
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]))
}
