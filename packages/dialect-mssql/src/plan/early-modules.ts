import type { Module, SchemaModel } from '@albackup/core'

const NAMES = /\[(?:[^\]]|\]\])*\]|"(?:[^"]|"")*"|[\p{L}_#@][\p{L}\p{N}_#@$]*/gu

/**
 * The functions that defaults, checks and computed columns call, and what those call in turn: they are made beside the tables,
 * all others when the rows are there. Names are looked for in the text, so one too many may be found, which does no harm.
 */
export function earlyModules({ tables, modules }: Pick<SchemaModel, 'tables' | 'modules'>): readonly Module[] {
  const callable = modules.filter(({ kind }) => kind === 'function' || kind === 'view')
  const functions = byName(callable.filter(({ kind }) => kind === 'function'))
  if (functions.size === 0) return []
  const anything = byName(callable)
  const found = new Set<Module>()
  const visit = (text: string, among: ReadonlyMap<string, readonly Module[]>): void => {
    for (const module of namesIn(text).flatMap((name) => among.get(name) ?? [])) {
      if (found.has(module)) continue
      found.add(module)
      visit(module.definition ?? '', anything)
    }
  }
  for (const text of new Set(tables.flatMap(expressionsOf))) visit(text, functions)
  return modules.filter((module) => found.has(module))
}

function expressionsOf({ columns, checks }: SchemaModel['tables'][number]): readonly string[] {
  return [
    ...columns.flatMap((column) => [column.default?.expression.native ?? '', column.computed?.expression.native ?? '']),
    ...checks.map(({ expression }) => expression.native),
  ]
}

function byName(modules: readonly Module[]): ReadonlyMap<string, readonly Module[]> {
  const found = new Map<string, Module[]>()
  for (const module of modules) {
    const name = module.name.toLowerCase()
    const same = found.get(name)
    if (same === undefined) found.set(name, [module])
    else same.push(module)
  }
  return found
}

/** Without quotes and in lower case, each once. */
function namesIn(text: string): readonly string[] {
  return [...new Set(text.match(NAMES))].map((name) => unquoted(name).toLowerCase())
}

function unquoted(name: string): string {
  if (name.startsWith('[')) return name.slice(1, -1).replaceAll(']]', ']')
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name
}
