import type { Finding, RestorePlan } from '../dialect/dialect.ts'
import type { Key, Table } from '../model/schema-model.ts'
import { fullName } from '../model/scope.ts'

/** The foreign keys that cannot be made because the key that they refer to cannot; `findings` name such keys. */
export function lostReferences({ tables }: RestorePlan, findings: readonly Finding[]): readonly Finding[] {
  const lost = new Set(findings.filter(isLostKey).map(({ object }) => object))
  if (lost.size === 0) return []
  const sources = new Map(tables.map(({ source }) => [fullName(source), source]))
  return tables.flatMap(({ source }) =>
    source.foreignKeys.flatMap(({ name, references, enabled }): readonly Finding[] => {
      const parent = sources.get(fullName(references))
      const keys = parent === undefined ? [] : keysOver(parent, references.columns)
      if (!enabled || keys.length === 0 || !keys.every((key) => lost.has(`${fullName(parent!)}.${key.name}`))) return []
      const message = `cannot be made: nor can ${keys.map((key) => key.name).join(', ')}, which it refers to`
      return [{ severity: 'lost', kind: 'foreign key', object: `${fullName(source)}.${name}`, message }]
    }),
  )
}

function isLostKey({ severity, kind }: Finding): boolean {
  return severity === 'lost' && (kind === 'primary key' || kind === 'unique key')
}

/** The order of columns does not matter. */
function keysOver({ primaryKey, uniqueKeys }: Table, columns: readonly string[]): readonly Key[] {
  const wanted = columns.toSorted().join('\0')
  const all = [...(primaryKey === undefined ? [] : [primaryKey]), ...uniqueKeys]
  return all.filter(
    (key) =>
      wanted ===
      key.columns
        .map(({ name }) => name)
        .toSorted()
        .join('\0'),
  )
}
