import type { QualifiedName } from '@albackup/core'
import { quote } from '../quote.ts'

/** A name in the text of a module: where it stands, and what it says. */
export interface NameInText {
  /** Offset of the first character of the whole name; `end` is behind its last. */
  readonly start: number
  readonly end: number
  /** Absent where only the last part was written. */
  readonly schema?: string
  readonly name: string
}

/** What a CREATE statement says it makes. */
export interface ModuleHeader {
  readonly name: NameInText
  /** For a trigger on a table or view: which one. */
  readonly on?: NameInText
}

/** The parts of a name and of what may stand around it, each at the place where the search goes on. */
const BLANK = /(?:\s+|--[^\n]*(?:\n|$))/y
const WORD = /[\p{L}_#@][\p{L}\p{N}_#@$]*/uy
const NAME_PART = /\[(?:[^\]]|\]\])*\]|"(?:[^"]|"")*"|[\p{L}_#@][\p{L}\p{N}_#@$]*/uy
const KINDS = new Set(['view', 'proc', 'procedure', 'function', 'trigger', 'default', 'rule'])

/**
 * The names in the header of a CREATE (OR ALTER) VIEW, PROCEDURE, FUNCTION, TRIGGER, DEFAULT or RULE; undefined where the text
 * is none. SQL Server keeps the text as it was typed: sp_rename changes the object, and not the name in its text.
 */
export function readModuleHeader(definition: string): ModuleHeader | undefined {
  const header = new HeaderCursor(definition)
  if (!['create', 'alter'].includes(header.word())) return undefined
  let kind = header.word()
  if (kind === 'or') {
    header.word()
    kind = header.word()
  }
  if (!KINDS.has(kind)) return undefined
  const name = header.name()
  if (name === undefined) return undefined
  if (kind !== 'trigger' || header.word() !== 'on') return { name }
  const on = header.name()
  // `on database` and `on all server` name no table; a table of such a name is written in brackets.
  const isWord = on === undefined || /^(database|all)$/i.test(definition.slice(on.start, on.end))
  return isWord ? { name } : { name, on }
}

/** Whether a module of that true name would be made under another by its own text, or a trigger on another table. */
export function isRenamed(definition: string, module: QualifiedName & { readonly on?: QualifiedName }): boolean {
  const header = readModuleHeader(definition)
  if (header === undefined) return false
  // A trigger is in the schema of its table, whatever its text leaves out.
  const schema = module.on === undefined ? 'dbo' : module.schema
  if (!says(header.name, module, schema)) return true
  return header.on !== undefined && module.on !== undefined && !says(header.on, module.on, 'dbo')
}

/** The same text with the true names in its header; as it is where no header is found. */
export function withTrueName(definition: string, module: QualifiedName & { readonly on?: QualifiedName }): string {
  const header = readModuleHeader(definition)
  if (header === undefined) return definition
  const { name, on } = header
  const named = definition.slice(0, name.start) + quote(module.schema, module.name)
  if (on === undefined || module.on === undefined) return named + definition.slice(name.end)
  return (
    named + definition.slice(name.end, on.start) + quote(module.on.schema, module.on.name) + definition.slice(on.end)
  )
}

function says(written: NameInText, { schema, name }: QualifiedName, defaultSchema: string): boolean {
  return isSame(written.name, name) && isSame(written.schema ?? defaultSchema, schema)
}

/** Some servers keep names in lower case, whatever is typed. */
function isSame(written: string, name: string): boolean {
  return written === name || written.toLowerCase() === name
}

/** Goes through the head of a statement, over blanks and comments. */
class HeaderCursor {
  private readonly text: string
  private at = 0

  constructor(text: string) {
    this.text = text
  }

  /** The next word in lower case; '' where none stands. */
  word(): string {
    this.skipBlanks()
    return (this.match(WORD) ?? '').toLowerCase()
  }

  name(): NameInText | undefined {
    this.skipBlanks()
    const start = this.at
    const parts: string[] = []
    let end = start
    for (;;) {
      const part = this.match(NAME_PART)
      if (part === undefined) break
      parts.push(unquote(part))
      end = this.at
      this.skipBlanks()
      if (this.match(/\./y) === undefined) break
      this.skipBlanks()
    }
    this.at = end
    const name = parts.at(-1)
    const schema = parts.at(-2)
    return name === undefined ? undefined : { start, end, name, ...(schema !== undefined && { schema }) }
  }

  private skipBlanks(): void {
    while (this.match(BLANK) !== undefined || this.skipComment());
  }

  /** Comments between slashes and asterisks stand within one another. */
  private skipComment(): boolean {
    if (!this.text.startsWith('/*', this.at)) return false
    let depth = 0
    do {
      const next = /\/\*|\*\//g
      next.lastIndex = this.at
      const found = next.exec(this.text)
      if (found === null) {
        this.at = this.text.length
        return true
      }
      depth += found[0] === '/*' ? 1 : -1
      this.at = next.lastIndex
    } while (depth > 0)
    return true
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (found === null || found[0] === '') return undefined
    this.at = pattern.lastIndex
    return found[0]
  }
}

function unquote(part: string): string {
  if (part.startsWith('[')) return part.slice(1, -1).replaceAll(']]', ']')
  if (part.startsWith('"')) return part.slice(1, -1).replaceAll('""', '"')
  return part
}
