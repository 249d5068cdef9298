/** One catalog view as far as it decides what `reflect` gives. */
export interface WatchedView {
  readonly view: string
  /** Columns that make the order of rows certain; where one is absent the view is not watched. */
  readonly order: readonly string[]
  /** Further columns; those that the server has are watched. */
  readonly columns: readonly string[]
  readonly where?: string
}

const OF_USERS = 'exists (select 1 from sys.objects o where o.object_id = x.object_id and o.is_ms_shipped = 0)'

/**
 * Views of what has a date of its own change are watched by that date: sys.objects.modify_date is that of the last ALTER or
 * sp_rename, and of the last change of an index of a table. What has none (columns, switches, bindings, rights) is watched by its
 * columns. What changes as rows do is not: counts of rows, last values, statistics and indexes that the server makes by itself.
 */
export const WATCHED_VIEWS: readonly WatchedView[] = [
  watch(
    'objects',
    'object_id',
    'name schema_id principal_id parent_object_id type modify_date is_published',
    'x.is_ms_shipped = 0',
  ),
  watch(
    'tables',
    'object_id',
    `temporal_type history_table_id history_retention_period history_retention_period_unit is_memory_optimized durability
      is_tracked_by_cdc is_merge_published lock_escalation text_in_row_limit large_value_types_out_of_row ledger_type
      is_external is_remote_data_archive_enabled`,
  ),
  watch(
    'columns',
    'object_id column_id',
    `name user_type_id max_length precision scale collation_name is_nullable is_ansi_padded is_rowguidcol is_identity
      is_computed is_filestream is_xml_document xml_collection_id default_object_id rule_object_id is_sparse is_column_set
      generated_always_type encryption_type is_hidden is_masked`,
    OF_USERS,
  ),
  watch('masked_columns', 'object_id column_id', 'masking_function'),
  watch(
    'indexes',
    'object_id index_id',
    `name type is_unique data_space_id ignore_dup_key is_primary_key is_unique_constraint fill_factor is_padded is_disabled
      is_hypothetical allow_row_locks allow_page_locks filter_definition optimize_for_sequential_key compression_delay`,
    OF_USERS,
  ),
  watch(
    'index_columns',
    'object_id index_id index_column_id',
    'column_id key_ordinal partition_ordinal is_descending_key is_included_column column_store_order_ordinal',
    OF_USERS,
  ),
  watch('partitions', 'object_id index_id partition_number', 'data_compression xml_compression', OF_USERS),
  watch(
    'foreign_keys',
    'object_id',
    `referenced_object_id is_disabled is_not_for_replication is_not_trusted is_system_named delete_referential_action
      update_referential_action`,
  ),
  watch('foreign_key_columns', 'constraint_object_id constraint_column_id', 'parent_column_id referenced_column_id'),
  watch('check_constraints', 'object_id', 'is_disabled is_not_for_replication is_not_trusted is_system_named'),
  watch('default_constraints', 'object_id', 'parent_column_id is_system_named'),
  watch('key_constraints', 'object_id', 'unique_index_id is_system_named'),
  watch('identity_columns', 'object_id column_id', 'is_not_for_replication'),
  watch('triggers', 'object_id', 'name parent_id modify_date is_disabled'),
  watch('trigger_events', 'object_id type', 'is_first is_last'),
  watch(
    'types',
    'user_type_id',
    'name schema_id principal_id max_length precision scale is_nullable default_object_id rule_object_id',
    'x.is_user_defined = 1',
  ),
  watch('schemas', 'schema_id', 'name principal_id'),
  watch('synonyms', 'object_id', 'base_object_name'),
  watch('xml_schema_collections', 'xml_collection_id', 'name schema_id principal_id modify_date'),
  watch('partition_functions', 'function_id', 'name modify_date fanout boundary_value_on_right'),
  watch('partition_schemes', 'data_space_id', 'name function_id'),
  watch('security_policies', 'object_id', 'modify_date is_enabled is_not_for_replication'),
  watch('fulltext_catalogs', 'fulltext_catalog_id', 'name is_default is_accent_sensitivity_on principal_id'),
  watch(
    'fulltext_indexes',
    'object_id',
    'unique_index_id fulltext_catalog_id is_enabled change_tracking_state stoplist_id property_list_id',
  ),
  watch('fulltext_index_columns', 'object_id column_id', 'type_column_id language_id statistical_semantics'),
  watch('fulltext_stoplists', 'stoplist_id', 'name modify_date'),
  watch('assemblies', 'assembly_id', 'name principal_id modify_date permission_set is_visible'),
  watch('plan_guides', 'plan_guide_id', 'name modify_date is_disabled'),
  watch('stats', 'object_id stats_id', 'name no_recompute filter_definition', 'x.user_created = 1'),
  watch('sensitivity_classifications', 'major_id minor_id', 'label information_type rank'),
  watch('database_principals', 'principal_id', 'name type default_schema_name modify_date owning_principal_id'),
  watch('database_role_members', 'role_principal_id member_principal_id', ''),
  watch(
    'database_permissions',
    'class major_id minor_id grantee_principal_id grantor_principal_id type',
    'state permission_name',
  ),
]

function watch(view: string, order: string, columns: string, where?: string): WatchedView {
  return { view, order: words(order), columns: words(columns), ...(where !== undefined && { where }) }
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}
