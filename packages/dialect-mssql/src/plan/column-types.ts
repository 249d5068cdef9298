import type { Column, Json } from '@albackup/core'
import { quote } from '../quote.ts'
import { foreignType } from './foreign-types.ts'
import { migratedCollation } from './migration/collations.ts'
import type { MigratedType } from './migration/column-types.ts'
import { isOwn, makesObject, type Planning } from './planning.ts'

/** The type of a stored column in the target. `object`: the column's name, for findings. */
export function columnType(column: Column, object: string, planning: Planning): MigratedType {
  if (planning.migrated !== undefined) return planning.migrated.of(column)
  const { native } = column
  const own = nativeDeclaration(column, object, planning)
  if (own !== undefined) return { declaration: own, exact: true, reason: '' }
  const replaced = foreignType(column.logical)
  planning.draft.find('changed', 'column', object, `is ${replaced.declaration}: ${whyNot(column)}`)
  return { ...replaced, reason: `${native.declaration} of the source` }
}

/** undefined when the target cannot have a column of the source's own type. */
function nativeDeclaration(column: Column, object: string, planning: Planning): string | undefined {
  const { native, logical } = column
  if (native.facts?.encryption !== undefined) return undefined
  if (native.alias !== undefined) return aliasDeclaration(column, planning)
  if (logical.kind === 'binary' && logical.content === 'clr') {
    return makesObject(planning, native.declaration) ? planning.names.text(native.declaration) : undefined
  }
  const collection = native.facts?.xmlSchemaCollection
  if (collection !== undefined) return typedXml(collection, object, planning)
  return isBuiltIn(native.declaration, planning) ? native.declaration : undefined
}

function aliasDeclaration({ native }: Column, planning: Planning): string | undefined {
  const alias = native.alias!
  if (alias.schema === 'sys') return alias.name
  const isMade = planning.model.types.some(({ schema, name }) => schema === alias.schema && name === alias.name)
  if (isMade) return planning.names.full(alias)
  return isBuiltIn(native.declaration, planning) ? native.declaration : undefined
}

function typedXml(collection: Json, object: string, planning: Planning): string {
  const { schema, name, document } = collection as { schema: string; name: string; document: boolean }
  if (makesObject(planning, quote(schema, name))) {
    return `xml(${document ? 'document' : 'content'} ${planning.names.full({ schema, name })})`
  }
  planning.draft.find(
    'changed',
    'column',
    object,
    `is untyped xml: its schema collection ${quote(schema, name)} is left out`,
  )
  return 'xml'
}

/** sys.types calls rowversion by its old name. A server that tells nothing is believed to have everything. */
function isBuiltIn(declaration: string, { target }: Planning): boolean {
  const name = declaration.replace(/\(.*/, '').toLowerCase()
  return target.builtInTypes.length === 0 || target.builtInTypes.includes(name === 'rowversion' ? 'timestamp' : name)
}

function whyNot({ native, logical }: Column): string {
  if (native.facts?.encryption !== undefined) return 'it holds the ciphertext of Always Encrypted, as it was read'
  if (logical.kind === 'binary' && logical.content === 'clr') return 'its CLR type is left out; the bytes are the same'
  return `the target has no type ${native.declaration}`
}

/** The words after the type that say how texts are compared; nothing where the type or the database says it. */
export function collateWords(column: Column, object: string, declaration: string, planning: Planning): string {
  if (!isOwn(planning)) return migratedCollation(column, declaration, planning)
  const { collation, alias } = column.native
  if (!saysCollation(column) || collation === undefined) return ''
  if (alias !== undefined && collation.toLowerCase() === planning.target.collation?.toLowerCase()) return ''
  if (knowsCollation(collation, planning)) return ` collate ${collation}`
  planning.draft.find(
    'changed',
    'column',
    object,
    `has the collation of the database: the target does not know ${collation}`,
  )
  return ''
}

/** A type of the user's has its own (error 452). */
function saysCollation({ native: { alias, facts } }: Column): boolean {
  return (alias === undefined || alias.schema === 'sys') && facts?.encryption === undefined
}

function knowsCollation(collation: string, { target: { collations } }: Planning): boolean {
  return collations.length === 0 || collations.includes(collation.toLowerCase())
}

const TEXT_TYPE = /^(n?(var)?char|n?text|sysname)\b/i

/** The collation that a column of SQL Server's own has in the target; `declaration`: of its type there. */
export function ownCollation(column: Column, declaration: string, planning: Planning) {
  const { collation = '' } = column.native
  const isSaid = collation !== '' && saysCollation(column) && knowsCollation(collation, planning)
  return madeCollation(isSaid ? collation : '', declaration, planning)
}

/** `said`: by the statement; a text of which nothing is said has the collation of the database. */
export function madeCollation(
  said: string,
  declaration: string,
  { target }: Planning,
): { readonly collation?: string } {
  const collation = said || target.collation
  return TEXT_TYPE.test(declaration) && collation !== null ? { collation } : {}
}
