import { objectsOf, type Probe, tablesWithColumn, unqualified } from './probe.ts'

/** What tables have that stays with their server; of most the rows are carried all the same. */
export const FEATURES: readonly Probe[] = [
  {
    ...objectsOf('tables', 'is_external', 'x.is_external = 1'),
    kind: 'external table',
    reason: 'its rows are in another place',
  },
  {
    ...objectsOf('tables', 'is_remote_data_archive_enabled', 'x.is_remote_data_archive_enabled = 1'),
    kind: 'stretched table',
    reason: 'its rows are carried, also those that were moved to Azure; they are all to be in the database again',
  },
  {
    ...objectsOf('tables', 'ledger_type', 'x.ledger_type in (2, 3)'),
    kind: 'ledger',
    reason: 'its rows are carried; what proves that they were not changed cannot be made again',
  },
  {
    ...objectsOf('tables', 'is_filetable', 'x.is_filetable = 1'),
    kind: 'FileTable',
    reason: 'its rows are carried as those of an ordinary table; its folder is not',
  },
  {
    ...tablesWithColumn('is_filestream', 'c.is_filestream = 1'),
    kind: 'FILESTREAM columns',
    reason: 'their values are carried as varbinary(max); the filegroup for the files belongs to the server',
  },
  {
    ...tablesWithColumn('graph_type', 'c.graph_type is not null'),
    kind: 'graph columns',
    reason:
      'the server numbers nodes and edges itself, so which nodes an edge joins is not carried; its other columns are',
  },
  {
    ...objectsOf('edge_constraints', 'object_id'),
    kind: 'edge constraint',
    reason: 'it joins nodes, whose numbers are not carried; add it again',
  },
  {
    ...tablesWithColumn('encryption_type', 'c.encryption_type is not null'),
    kind: 'Always Encrypted columns',
    reason: 'their ciphertext is carried, without the keys: only who has the keys can read it',
  },
  {
    needs: [['change_tracking_tables', 'object_id']],
    kind: 'change tracking',
    reason:
      'its rows are carried; changes are counted anew once it is enabled again with ALTER TABLE … ENABLE CHANGE_TRACKING',
    sql: `
select cast(s.name as nvarchar(128)) as [schema], cast(t.name as nvarchar(128)) as [name]
from sys.change_tracking_tables x
join sys.tables t on t.object_id = x.object_id
join sys.schemas s on s.schema_id = t.schema_id`,
  },
  {
    ...objectsOf('tables', 'is_tracked_by_cdc', 'x.is_tracked_by_cdc = 1'),
    kind: 'change data capture',
    reason: 'its rows are carried, what was captured is not; enable it again with sys.sp_cdc_enable_table',
  },
  {
    ...objectsOf(
      'tables',
      'is_published',
      '(x.is_published = 1 or x.is_schema_published = 1 or x.is_merge_published = 1)',
    ),
    kind: 'replication',
    reason: 'its rows are carried, the publication is not; add the article again',
  },
  {
    ...unqualified('registered_search_property_lists', 'property_list_id'),
    kind: 'search property list',
    reason: 'create it again, and name it with ALTER FULLTEXT INDEX',
  },
  {
    ...unqualified('filegroups', 'data_space_id', `x.name <> 'PRIMARY'`),
    kind: 'filegroup',
    reason: 'files belong to the disks of their server; a restore makes everything in PRIMARY',
  },
]
