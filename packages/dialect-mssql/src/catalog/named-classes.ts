/** A class of securables other than objects: the view that names them. */
export interface NamedClass {
  /** In sys.database_permissions and sys.extended_properties. */
  readonly securableClass: number
  readonly view: string
  readonly id: string
  readonly hasSchema: boolean
  /** Before `::` in a permission; absent where permissions on it are left behind with it. */
  readonly permission?: string
  /** The level of its extended properties; absent where those are left behind with it. */
  readonly level?: string
}

/** Classes of Microsoft's documentation of the two views; 0 is the database, 1 objects and columns, 2 parameters, 7 indexes. */
export const NAMED_CLASSES: readonly NamedClass[] = [
  { securableClass: 3, view: 'schemas', id: 'schema_id', hasSchema: false, permission: 'schema', level: 'SCHEMA' },
  { securableClass: 4, view: 'database_principals', id: 'principal_id', hasSchema: false, level: 'USER' },
  {
    securableClass: 5,
    view: 'assemblies',
    id: 'assembly_id',
    hasSchema: false,
    permission: 'assembly',
    level: 'ASSEMBLY',
  },
  { securableClass: 6, view: 'types', id: 'user_type_id', hasSchema: true, permission: 'type', level: 'TYPE' },
  {
    securableClass: 10,
    view: 'xml_schema_collections',
    id: 'xml_collection_id',
    hasSchema: true,
    permission: 'xml schema collection',
    level: 'XML SCHEMA COLLECTION',
  },
  { securableClass: 15, view: 'service_message_types', id: 'message_type_id', hasSchema: false },
  { securableClass: 16, view: 'service_contracts', id: 'service_contract_id', hasSchema: false },
  { securableClass: 17, view: 'services', id: 'service_id', hasSchema: false },
  { securableClass: 18, view: 'remote_service_bindings', id: 'remote_service_binding_id', hasSchema: false },
  { securableClass: 19, view: 'routes', id: 'route_id', hasSchema: false },
  { securableClass: 20, view: 'partition_schemes', id: 'data_space_id', hasSchema: false, level: 'PARTITION SCHEME' },
  { securableClass: 21, view: 'partition_functions', id: 'function_id', hasSchema: false, level: 'PARTITION FUNCTION' },
  {
    securableClass: 23,
    view: 'fulltext_catalogs',
    id: 'fulltext_catalog_id',
    hasSchema: false,
    permission: 'fulltext catalog',
  },
  { securableClass: 24, view: 'symmetric_keys', id: 'symmetric_key_id', hasSchema: false },
  { securableClass: 25, view: 'certificates', id: 'certificate_id', hasSchema: false },
  { securableClass: 26, view: 'asymmetric_keys', id: 'asymmetric_key_id', hasSchema: false },
  { securableClass: 27, view: 'plan_guides', id: 'plan_guide_id', hasSchema: false, level: 'PLAN GUIDE' },
  {
    securableClass: 29,
    view: 'fulltext_stoplists',
    id: 'stoplist_id',
    hasSchema: false,
    permission: 'fulltext stoplist',
  },
]

export function namedClass(securableClass: number): NamedClass | undefined {
  return NAMED_CLASSES.find((one) => one.securableClass === securableClass)
}
