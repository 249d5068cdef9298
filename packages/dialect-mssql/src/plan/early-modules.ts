import type { Module, SchemaModel } from '@albackup/core'

/**
 * The functions that defaults, checks and computed columns call, and what those call in turn: they are made beside the tables,
 * all others when the rows are there. Names are looked for in the text, so one too many may be found, which does no harm.
 */
export function earlyModules({ tables, modules }: Pick<SchemaModel, 'tables' | 'modules'>): readonly Module[] {
  const callable = modules.filter(({ kind }) => kind === 'function' || kind === 'view')
  const functions = callable.filter(({ kind }) => kind === 'function')
  const expressions = tables.flatMap(({ columns, checks }) => [
    ...columns.flatMap((column) => [column.default?.expression.native ?? '', column.computed?.expression.native ?? '']),
    ...checks.map(({ expression }) => expression.native),
  ])
  const found = new Set<Module>()
  const visit = (text: string, among: readonly Module[]): void => {
    for (const module of among) {
      if (found.has(module) || !mentions(text, module.name)) continue
      found.add(module)
      visit(module.definition ?? '', callable)
    }
  }
  for (const text of expressions) visit(text, functions)
  return modules.filter((module) => found.has(module))
}

/** As a whole word, with or without quotes. */
function mentions(text: string, name: string): boolean {
  const lower = text.toLowerCase()
  const wanted = name.toLowerCase()
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + 1)) {
    if (!isWordCharacter(lower[at - 1]) && !isWordCharacter(lower[at + wanted.length])) return true
  }
  return false
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}_@#$]/u.test(character)
}
