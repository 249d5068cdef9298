import type { MissingRight } from '@albackup/core'
import type { Catalog } from './catalog/catalog.ts'
import { quote, quoteText } from './quote.ts'

/** A permission of the database, or of the schema in which most objects are. */
interface Right {
  readonly permission: string
  readonly on: 'database' | 'schema'
  readonly severity: MissingRight['severity']
  readonly consequence: string
}

const TABLES = 'No table can be made or loaded.'
const FOREIGN_KEYS = 'Foreign keys are left out.'

const RIGHTS: readonly Right[] = [
  { permission: 'CREATE TABLE', on: 'database', severity: 'needed', consequence: TABLES },
  { permission: 'ALTER', on: 'schema', severity: 'needed', consequence: TABLES },
  { permission: 'INSERT', on: 'schema', severity: 'needed', consequence: TABLES },
  {
    permission: 'SELECT',
    on: 'schema',
    severity: 'needed',
    consequence: 'Neither referential integrity nor the rows can be checked.',
  },
  {
    permission: 'VIEW DEFINITION',
    on: 'database',
    severity: 'needed',
    consequence: 'What is there already is not seen.',
  },
  { permission: 'REFERENCES', on: 'schema', severity: 'advised', consequence: FOREIGN_KEYS },
  { permission: 'CREATE SCHEMA', on: 'database', severity: 'advised', consequence: 'Schemas have to be there before.' },
  {
    permission: 'CREATE TYPE',
    on: 'database',
    severity: 'advised',
    consequence: 'Alias types have to be there before.',
  },
  { permission: 'CREATE VIEW', on: 'database', severity: 'advised', consequence: 'Views are left out.' },
  { permission: 'CREATE PROCEDURE', on: 'database', severity: 'advised', consequence: 'Procedures are left out.' },
  { permission: 'CREATE FUNCTION', on: 'database', severity: 'advised', consequence: 'Functions are left out.' },
  { permission: 'CREATE SYNONYM', on: 'database', severity: 'advised', consequence: 'Synonyms are left out.' },
]

interface RightsRow {
  readonly user: string
  readonly database: string
  readonly schema: string
  /** Whether the login may reseed identities: members of these roles, and the schema's owner, may. */
  readonly reseeds: number | null
  readonly [right: string]: string | number | null
}

/** What the login lacks to restore a whole backup. A server that does not know a permission answers null, and asks nobody for it. */
export async function missingTargetRights({ query }: Catalog): Promise<readonly MissingRight[]> {
  const answers = RIGHTS.map(({ permission, on }, i) => {
    const securable = on === 'database' ? `null, 'DATABASE'` : `quotename(schema_name()), 'SCHEMA'`
    return `has_perms_by_name(${securable}, ${quoteText(permission)}) as [r${i}]`
  })
  const [row] = await query<RightsRow>(`
select user_name() as [user], db_name() as [database], schema_name() as [schema],
  case when is_member('db_owner') = 0 and is_member('db_ddladmin') = 0 then 0 else 1 end as [reseeds],
  ${answers.join(',\n  ')}`)
  if (row === undefined) return []
  return [...RIGHTS.flatMap((right, i) => (row[`r${i}`] === 0 ? [missing(right, row)] : [])), ...toReseed(row)]
}

function missing({ permission, on, severity, consequence }: Right, row: RightsRow): MissingRight {
  const securable = on === 'schema' ? `schema::${quote(row.schema)}` : undefined
  const place = securable === undefined ? `database ${quote(row.database)}` : `schema ${quote(row.schema)}`
  return {
    right: `${permission} on ${place}`,
    severity,
    consequence,
    grant: `grant ${permission.toLowerCase()}${securable === undefined ? '' : ` on ${securable}`} to ${quote(row.user)}`,
  }
}

function toReseed({ user, database, reseeds }: RightsRow): readonly MissingRight[] {
  if (reseeds !== 0) return []
  return [
    {
      right: `db_ddladmin in database ${quote(database)}`,
      severity: 'advised',
      consequence: 'In schemas of others identities go on after the furthest row, not where they were.',
      grant: `alter role [db_ddladmin] add member ${quote(user)}`,
    },
  ]
}
