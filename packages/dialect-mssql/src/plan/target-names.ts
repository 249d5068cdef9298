import type { QualifiedName } from '@albackup/core'
import type { MssqlPolicy } from '../policy.ts'
import { quote } from '../quote.ts'

/** A part of a statement that is no name to look at: a text, a comment. */
const SKIPPED = /'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//.source
const NAME = /\[(?:[^\]]|\]\])*\]|"(?:[^"]|"")*"|[\p{L}_#@][\p{L}\p{N}_#@$]*/u.source
const PARTS = new RegExp(`${SKIPPED}|(?<![.\\p{L}\\p{N}_#@$\\]"])(${NAME})(?=\\s*\\.)`, 'gu')

/** Names of the source as the target has them: all are kept, except for schemas that the policy renames. */
export class TargetNames {
  private readonly schemas: ReadonlyMap<string, string>

  constructor({ schemas }: MssqlPolicy) {
    this.schemas = new Map(Object.entries(schemas).map(([from, to]) => [from.toLowerCase(), to]))
  }

  get renames(): boolean {
    return this.schemas.size > 0
  }

  schema(name: string): string {
    return this.schemas.get(name.toLowerCase()) ?? name
  }

  of<T extends QualifiedName>({ schema, name }: T): QualifiedName {
    return { schema: this.schema(schema), name }
  }

  /** The full name, as statements have it. */
  full(name: QualifiedName): string {
    return quote(this.schema(name.schema), name.name)
  }

  /** Source text with the renamed schemas under their new names, where they stand in front of a point. */
  text(sql: string): string {
    if (!this.renames) return sql
    return sql.replace(PARTS, (found: string, name: string | undefined) => {
      const renamed = name === undefined ? undefined : this.schemas.get(unquoted(name).toLowerCase())
      return renamed === undefined ? found : quote(renamed)
    })
  }
}

function unquoted(name: string): string {
  if (name.startsWith('[')) return name.slice(1, -1).replaceAll(']]', ']')
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name
}
