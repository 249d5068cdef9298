import type { MissingRight } from '@albackup/core'
import type { ClientBase } from 'pg'
import { IN_USER_SCHEMA, inNoExtension } from './catalog/user-schemas.ts'
import { quote } from './quote.ts'
import { targetError } from './server-errors.ts'

interface LoginFacts {
  readonly login: string
  readonly database: string
  readonly canCreateSchemas: boolean
  /** The server is a standby. */
  readonly inRecovery: boolean
  /** Transactions of this login in this database may not write unless they say so. */
  readonly readOnly: boolean
}

interface SchemaRow {
  readonly name: string
  readonly canCreate: boolean
}

interface OwnerRow {
  readonly owner: string
  readonly isSuperuser: boolean
  /** Their tables, as PostgreSQL writes names. */
  readonly tables: readonly string[]
}

const LOGIN = `
  select current_user as login, current_database() as database,
    has_database_privilege(current_database(), 'create') as "canCreateSchemas", pg_is_in_recovery() as "inRecovery",
    current_setting('default_transaction_read_only')::boolean as "readOnly"`

const SCHEMAS = `
  select n.nspname as name, has_schema_privilege(n.oid, 'usage') and has_schema_privilege(n.oid, 'create') as "canCreate"
  from pg_namespace n
  where ${IN_USER_SCHEMA}
  order by n.nspname`

/** Only who owns a table, or is a member of its owner, may drop it. */
const FOREIGN_OWNERS = `
  select r.rolname as owner, r.rolsuper as "isSuperuser",
    array_agg(format('%I.%I', n.nspname, c.relname) order by n.nspname, c.relname)::text[] as tables
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_roles r on r.oid = c.relowner
  where c.relkind in ('r', 'p') and not pg_has_role(c.relowner, 'usage') and ${IN_USER_SCHEMA}
    and ${inNoExtension('pg_class', 'c.oid')}
  group by r.rolname, r.rolsuper
  order by r.rolname`

/** What the login lacks to restore into the database: to make schemas and tables, and to drop those that are replaced. */
export async function targetRights(client: ClientBase): Promise<readonly MissingRight[]> {
  try {
    const facts = (await client.query<LoginFacts>(LOGIN)).rows[0]!
    const schemas = (await client.query<SchemaRow>(SCHEMAS)).rows
    const owners = (await client.query<OwnerRow>(FOREIGN_OWNERS)).rows
    return [
      ...toWrite(facts),
      ...toCreateSchemas(facts, schemas),
      ...schemas.filter(({ canCreate }) => !canCreate).map(({ name }) => toCreateTables(facts, name)),
      ...owners.map((owner) => toDropTables(facts, owner)),
    ]
  } catch (error) {
    throw targetError(error, 'read the rights of the login')
  }
}

function toWrite({ login, database, inRecovery, readOnly }: LoginFacts): readonly MissingRight[] {
  if (inRecovery) {
    return [
      {
        right: `a server that takes changes: this one is a standby`,
        severity: 'needed',
        consequence: 'Nothing can be restored here.',
        grant: '-- no statement gives it: connect to the primary server',
      },
    ]
  }
  if (!readOnly) return []
  return [
    {
      right: `transactions that may write in database ${quote(database)}`,
      severity: 'needed',
      consequence: 'default_transaction_read_only is on, so nothing can be restored.',
      grant: `alter role ${quote(login)} in database ${quote(database)} set default_transaction_read_only = off`,
    },
  ]
}

function toCreateSchemas(
  { login, database, canCreateSchemas }: LoginFacts,
  schemas: readonly SchemaRow[],
): readonly MissingRight[] {
  if (canCreateSchemas) return []
  const usable = schemas.filter(({ canCreate }) => canCreate).map(({ name }) => quote(name))
  return [
    {
      right: `CREATE on database ${quote(database)}`,
      severity: usable.length === 0 ? 'needed' : 'advised',
      consequence:
        usable.length === 0
          ? 'A restore can make neither schemas nor tables.'
          : `A restore can make no schemas, only tables in those that are there: ${usable.join(', ')}.`,
      grant: `grant create on database ${quote(database)} to ${quote(login)}`,
    },
  ]
}

function toCreateTables({ login }: LoginFacts, schema: string): MissingRight {
  return {
    right: `USAGE and CREATE on schema ${quote(schema)}`,
    severity: 'advised',
    consequence: 'A backup with tables of this schema cannot be restored.',
    grant: `grant usage, create on schema ${quote(schema)} to ${quote(login)}`,
  }
}

/** Membership in a superuser would give away the server, so there the tables change their owner. */
function toDropTables({ login }: LoginFacts, { owner, isSuperuser, tables }: OwnerRow): MissingRight {
  const more = tables.length > 3 ? ` and ${tables.length - 3} more` : ''
  return {
    right: `ownership of ${tables.slice(0, 3).join(', ')}${more}, which ${tables.length === 1 ? 'belongs' : 'belong'} to ${quote(owner)}`,
    severity: 'advised',
    consequence: 'A restore that replaces them fails.',
    grant: isSuperuser
      ? tables.map((table) => `alter table ${table} owner to ${quote(login)}`).join(';\n')
      : `grant ${quote(owner)} to ${quote(login)}`,
  }
}
