import type { Dependency } from './dependency-order.ts'

interface Text {
  readonly id: number
  readonly name: string
  readonly definition: string | null
}

const NAME = /\[(?:[^\]]|\]\])*\]|"(?:[^"]|"")*"|[\p{L}_#@][\p{L}\p{N}_#@$]*/gu

/**
 * What the texts of modules mention, by name alone, for where the server does not tell what they need. A word that only looks like
 * the name of another module makes an order that nobody needs, which does no harm.
 */
export function mentionedModules(modules: readonly Text[]): readonly Dependency[] {
  const byName = new Map<string, number[]>()
  for (const { id, name } of modules) {
    byName.set(name.toLowerCase(), [...(byName.get(name.toLowerCase()) ?? []), id])
  }
  return modules.flatMap(({ id, definition }) => {
    const names = new Set((definition ?? '').match(NAME)?.map(plainName))
    const needed = [...names].flatMap((name) => byName.get(name) ?? [])
    return needed.filter((to) => to !== id).map((to) => ({ from: id, to }))
  })
}

function plainName(written: string): string {
  const first = written[0]
  const inner = written.slice(1, -1)
  const name = first === '[' ? inner.replaceAll(']]', ']') : first === '"' ? inner.replaceAll('""', '"') : written
  return name.toLowerCase()
}
