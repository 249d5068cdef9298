import { objectsOf, type Probe, unqualified } from './probe.ts'

const BROKER = 'Service Broker belongs to an instance and its conversations; script it on its own'
const SECRET = 'what it keeps secret cannot be read; create it again, or restore it from its own backup'
const OUTSIDE = 'what it names is outside of the database; create it again'

/** Ids up to this number are those of the system. */
const SYSTEM_IDS = 65535

/** What serves the database and is no part of its tables. */
export const SERVICES: readonly Probe[] = [
  broker('service_message_types', 'message_type_id', 'message type'),
  broker('service_contracts', 'service_contract_id', 'contract'),
  broker('services', 'service_id', 'service'),
  { ...objectsOf('service_queues', 'object_id'), kind: 'service queue', reason: BROKER },
  { ...unqualified('routes', 'route_id', `x.name <> 'AutoCreatedLocal'`), kind: 'route', reason: BROKER },
  {
    ...unqualified('remote_service_bindings', 'remote_service_binding_id'),
    kind: 'remote service binding',
    reason: BROKER,
  },
  { ...unqualified('conversation_priorities', 'priority_id'), kind: 'broker priority', reason: BROKER },
  { ...unqualified('event_notifications', 'parent_class'), kind: 'event notification', reason: BROKER },
  secret('certificates', 'certificate_id', 'certificate'),
  secret('asymmetric_keys', 'asymmetric_key_id', 'asymmetric key'),
  // The master key of the database is one of them, under a name of the system's.
  { ...unqualified('symmetric_keys', 'symmetric_key_id'), kind: 'symmetric key', reason: SECRET },
  { ...unqualified('column_master_keys', 'column_master_key_id'), kind: 'column master key', reason: OUTSIDE },
  {
    ...unqualified('column_encryption_keys', 'column_encryption_key_id'),
    kind: 'column encryption key',
    reason: SECRET,
  },
  {
    ...unqualified('database_scoped_credentials', 'credential_id'),
    kind: 'database scoped credential',
    reason: SECRET,
  },
  {
    needs: [
      ['crypt_properties', 'major_id'],
      ['crypt_properties', 'class'],
    ],
    kind: 'signature',
    reason: 'it was made with a key that is not carried; sign the module again with ADD SIGNATURE',
    sql: `
select distinct cast(s.name as nvarchar(128)) as [schema], cast(o.name as nvarchar(128)) as [name]
from sys.crypt_properties x
join sys.objects o on o.object_id = x.major_id and x.class = 1
join sys.schemas s on s.schema_id = o.schema_id
where o.is_ms_shipped = 0`,
  },
  { ...unqualified('external_data_sources', 'data_source_id'), kind: 'external data source', reason: OUTSIDE },
  { ...unqualified('external_file_formats', 'file_format_id'), kind: 'external file format', reason: OUTSIDE },
  { ...unqualified('external_libraries', 'external_library_id'), kind: 'external library', reason: OUTSIDE },
  {
    needs: [['external_languages', 'language']],
    kind: 'external language',
    reason: OUTSIDE,
    sql: `
select cast(null as nvarchar(128)) as [schema], cast(x.language as nvarchar(128)) as [name]
from sys.external_languages x
where x.language not in ('R', 'Python')`,
  },
  { ...unqualified('external_models', 'external_model_id'), kind: 'external model', reason: OUTSIDE },
  {
    ...unqualified('database_audit_specifications', 'database_specification_id'),
    kind: 'database audit specification',
    reason: 'it belongs to an audit of the server; create it again',
  },
  {
    ...unqualified('database_scoped_configurations', 'is_value_default', 'x.is_value_default = 0'),
    kind: 'database scoped configuration',
    reason: 'it is a setting of the database; set it again with ALTER DATABASE SCOPED CONFIGURATION',
  },
]

function broker(view: string, id: string, kind: string): Probe {
  return { ...unqualified(view, id, `x.${id} > ${SYSTEM_IDS}`), kind, reason: BROKER }
}

function secret(view: string, id: string, kind: string): Probe {
  return { ...unqualified(view, id, `x.name not like '##MS[_]%##'`), kind, reason: SECRET }
}
