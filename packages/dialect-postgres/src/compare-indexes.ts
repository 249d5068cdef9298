/** An index as its statement makes it. */
export interface IndexParts {
  /** Uniqueness, method, included columns and whether NULLs are equal, in the same words for equal ones. */
  readonly settings: string
  /** Its keys and its filter, as a query of their values. */
  readonly query: string
}

const HEAD =
  /^create (?<unique>unique )?index .*? on (?:only )?(?<table>(?:"(?:[^"]|"")*"|[^\s"().]+)(?:\.(?:"(?:[^"]|"")*"|[^\s"().]+))?) ?(?:using (?<method>\w+) ?)?(?=\()/is
const TAIL = /^(?<included> include \([^)]*\))?(?<nulls> nulls not distinct)?(?: where (?<filter>.*))?$/is

/** null for what is no statement that makes an index, or has options of how it is stored. */
export function indexParts(statement: string): IndexParts | null {
  const head = HEAD.exec(statement)
  if (head?.groups === undefined) return null
  const end = endOfParentheses(statement, head[0].length)
  const tail = TAIL.exec(statement.slice(end))?.groups
  if (tail === undefined) return null
  const { unique = '', method = 'btree', table } = head.groups
  const { included = '', nulls = '', filter } = tail
  const words = [unique, method, included.replaceAll('"', ''), nulls].map((one) => one.trim().toLowerCase())
  const keys = statement.slice(head[0].length + 1, end - 1)
  return {
    settings: JSON.stringify(words),
    query: `select ${keys} from only ${table}${filter === undefined ? '' : ` where ${filter}`}`,
  }
}

/** Behind the parenthesis that closes the one at `start`; within quotes there is none. */
function endOfParentheses(text: string, start: number): number {
  let depth = 0
  let quote: string | null = null
  for (let at = start; at < text.length; at++) {
    const character = text[at]!
    if (quote !== null) quote = character === quote ? null : quote
    else if (character === "'" || character === '"') quote = character
    else if (character === '(') depth++
    else if (character === ')' && --depth === 0) return at + 1
  }
  return text.length
}
