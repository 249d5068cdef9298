/** Why an expression has no counterpart in the target: the end of a sentence. */
export interface NotTranslated {
  readonly reason: string
}

/** An expression in the target's words, or why it has none. */
export type Translation = { readonly sql: string } | NotTranslated

class NotProven extends Error {}

/** Says that what is printed is not proven to be equal. Inside of `translate` only. */
export function refuse(reason: string): never {
  throw new NotProven(reason)
}

/** What `print` makes, or the reason for which a part of it was refused. */
export function translate<Result>(print: () => Result): Result | NotTranslated {
  try {
    return print()
  } catch (error) {
    if (error instanceof NotProven) return { reason: error.message }
    throw error
  }
}
