import { type Column, UsageError } from '@albackup/core'
import { DEFAULT_POLICY } from '../../policy.ts'
import type { Planning } from '../planning.ts'
import { ignoresCase } from './declared-types.ts'

/** ` collate …` for a column of text; nothing for others. Throws a UsageError when the target knows no such collation. */
export function migratedCollation(column: Column, declaration: string, planning: Planning): string {
  if (!/^n?(var)?char\b/.test(declaration)) return ''
  const setting = ignoresCase(column, planning.model) ? 'ignoreCase' : 'collation'
  const collation = planning.policy.text[setting]
  if (collation === 'database') return ''
  const { collations } = planning.target
  if (collations.length === 0 || collations.includes(collation.toLowerCase())) return ` collate ${collation}`
  if (collation !== DEFAULT_POLICY.text[setting]) {
    throw new UsageError(`cannot use setting "mapping.text.${setting}": the target does not know ${collation}`, {
      hint: 'select name from sys.fn_helpcollations() lists what it knows.',
    })
  }
  return ''
}

/** The same words where they are not those of every text. */
export function unusualCollation(words: string, { policy }: Planning): string {
  return words === ` collate ${policy.text.collation}` ? '' : words
}

/** What the target has not got of what it takes by itself. */
export function reportCollations({ policy, target, draft, model }: Planning): void {
  const used = new Set(
    model.tables.flatMap((table) =>
      table.columns
        .filter(({ logical }) => logical.kind === 'text')
        .map((column) => (ignoresCase(column, model) ? 'ignoreCase' : 'collation')),
    ),
  )
  for (const setting of used) {
    const collation = policy.text[setting]
    if (collation === 'database' || target.collations.length === 0) continue
    if (target.collations.includes(collation.toLowerCase())) continue
    const message = `texts have the collation of the database: the target does not know ${collation}`
    draft.find('changed', 'setting', `mapping.text.${setting}`, message)
  }
}
