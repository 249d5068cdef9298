import type { QualifiedName, SchemaModel } from '../schema-model.ts'
import type { ReplicationProfile } from './profile.ts'

/** How the origin writes a full name. */
export type Quote = (...parts: readonly string[]) => string

const TITLES: Readonly<Record<ReplicationProfile['profile'], string>> = { symmetricds: 'SymmetricDS' }
const SHOWN = 3

/** `SymmetricDS ([dbo].[sym_*])` */
export function replicationTitle(
  { profile, schema, prefix }: Pick<ReplicationProfile, 'profile' | 'schema' | 'prefix'>,
  quote: Quote = (...parts) => parts.join('.'),
): string {
  return `${TITLES[profile]} (${quote(schema, `${prefix}_*`)})`
}

export function keptWarnings(model: SchemaModel, profile: ReplicationProfile, quote: Quote): readonly string[] {
  const secret = profile.secretTables.filter((table) => has(model, table))
  return [
    `the database is replicated by ${replicationTitle(profile, quote)}, and the backup keeps it as it is: a restored copy claims to be the same node`,
    ...(secret.length === 0
      ? []
      : [`the backup is not encrypted and has the passwords of the replication: ${listed(secret, quote)}`]),
  ]
}

/** What is said of a model without its replication. */
export interface LeftReplication {
  readonly profile: ReplicationProfile
  /** The model without it. */
  readonly rest: SchemaModel
  readonly leaving: readonly QualifiedName[]
  /** Those that stay. */
  readonly configTables: readonly QualifiedName[]
  readonly quote: Quote
}

export function leftWarnings({ profile, rest, leaving, configTables, quote }: LeftReplication): readonly string[] {
  const unknown = profile.unknownTables.filter((table) => has(rest, table))
  const users = rest.modules.filter(({ definition }) => definition !== null && mentions(definition, leaving))
  const title = replicationTitle(profile, quote)
  const config = `${configTables.length} with its configuration are, for "restore --with-replication-config"`
  return [
    `the database is replicated by ${title}: ${leaving.length} of its tables and all of its triggers are not in the backup${configTables.length === 0 ? '' : `, ${config}`}`,
    ...(unknown.length === 0
      ? []
      : [`named like tables of ${title}, but not known as such and kept as yours: ${listed(unknown, quote)}`]),
    ...(users.length === 0
      ? []
      : [`not in the backup, but used by what is: tables of ${title} in ${listed(users, quote)}`]),
  ]
}

function mentions(definition: string, tables: readonly QualifiedName[]): boolean {
  const words = new Set(definition.toLowerCase().match(/[\p{L}_#@$][\p{L}\p{N}_#@$]*/gu))
  return tables.some(({ name }) => words.has(name.toLowerCase()))
}

function has(model: SchemaModel, name: QualifiedName): boolean {
  return model.tables.some((table) => table.schema === name.schema && table.name === name.name)
}

function listed(names: readonly QualifiedName[], quote: Quote): string {
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ''
  const shown = names.slice(0, SHOWN).map(({ schema, name }) => quote(schema, name))
  return `${shown.join(', ')}${more}`
}
