import { UsageError } from '../errors.ts'

/** Readers of a dialect's mapping policy. `path` is the setting's full name, for the UsageError that each throws for a wrong value. */

export function pickSettings(
  path: string,
  value: unknown,
  known: readonly string[],
): Readonly<Record<string, unknown>> {
  const record = expectRecord(path, value)
  const unknown = Object.keys(record).find((key) => !known.includes(key))
  if (unknown === undefined) return record
  throw new UsageError(`cannot use setting "${path}": "${unknown}" is not a part of it`, {
    hint: `It knows ${known.join(', ')}.`,
  })
}

/** The first choice is the default. */
export function chooseSetting<T extends string>(path: string, value: unknown, choices: readonly [T, ...T[]]): T {
  if (value === undefined) return choices[0]
  const chosen = choices.find((choice) => choice === value)
  if (chosen !== undefined) return chosen
  throw new UsageError(`cannot use setting "${path}": ${JSON.stringify(value)} is not one of its values`, {
    hint: `Use one of ${choices.join(', ')}.`,
  })
}

/** An object whose values are names, or what else `word` says. */
export function wordSettings(path: string, value: unknown = {}, word = 'name'): Readonly<Record<string, string>> {
  const entries = Object.entries(expectRecord(path, value)).map(([from, to]): [string, string] => {
    if (typeof to === 'string' && to.trim() !== '') return [from, to]
    throw new UsageError(`cannot use setting "${path}.${from}": ${JSON.stringify(to)} is no ${word}`)
  })
  return Object.fromEntries(entries)
}

function expectRecord(path: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw new UsageError(`cannot use setting "${path}": it is no object`)
}
