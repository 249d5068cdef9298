import type { TargetFacts } from '../catalog/target-facts.ts'

/** What a database has that was made on a usual server of today and is still empty. */
export const EMPTY_DATABASE: TargetFacts = {
  collation: 'SQL_Latin1_General_CP1_CI_AS',
  schemas: [
    'dbo',
    'guest',
    'INFORMATION_SCHEMA',
    'sys',
    'db_owner',
    'db_accessadmin',
    'db_securityadmin',
    'db_ddladmin',
    'db_backupoperator',
    'db_datareader',
    'db_datawriter',
    'db_denydatareader',
    'db_denydatawriter',
  ],
  objects: [],
  builtInTypes: [],
  collations: [],
}
