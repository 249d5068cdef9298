import type { SchemaModel } from '../schema-model.ts'
import type { ReplicationFacts } from './profile.ts'
import { replicationTitle } from './replication-warnings.ts'
import { withoutTables } from './without-tables.ts'

/** What a restore brings back unless the replication's configuration is asked for: all but its tables. */
export function withoutReplicationConfig(model: SchemaModel, replication: readonly ReplicationFacts[]): SchemaModel {
  const tables = replication.flatMap(({ configTables }) => configTables)
  return tables.length === 0 ? model : withoutTables(model, tables)
}

/** What the user has to do after a restore for the replication to go on, as sentences in order. `withConfig`: it was asked for. */
export function replicationAdvice(replication: readonly ReplicationFacts[], withConfig: boolean): readonly string[] {
  return replication.flatMap((facts) => {
    const head = `The origin was replicated by ${replicationTitle(facts)}. docs/replication.md has the whole procedure.`
    if (facts.choice === 'keep') return [head, ...adviceForAll(facts)]
    return [head, ...(withConfig && facts.configTables.length > 0 ? adviceForConfig(facts) : adviceForNothing(facts))]
  })
}

function adviceForNothing({ prefix }: ReplicationFacts): readonly string[] {
  return [
    'Nothing of it was restored: this database is no node yet.',
    'Point the engine to it (db.url, db.user, db.password, sync.url in the properties of the engine).',
    `On the registration server: symadmin --engine SERVER open-registration NODE_GROUP EXTERNAL_ID; an old node of that name is removed before with: symadmin --engine SERVER remove-node NODE_ID.`,
    `Start the engine: it makes its ${prefix}_ tables, registers, and makes its triggers.`,
    'When the rows are older than those of the other nodes, load them anew: symadmin --engine SERVER reload-node NODE_ID.',
  ]
}

function adviceForConfig({ prefix }: ReplicationFacts): readonly string[] {
  return [
    `Its configuration was restored, with the identity of the node (${prefix}_node_identity): no two engines may run with it, so stop the old one for good.`,
    `When this is to be another node, empty ${prefix}_node_identity and register it.`,
    `The registration server needs its own row in ${prefix}_node_security again; passwords of nodes are not in a backup: symadmin --engine ENGINE create-sym-tables makes the missing tables, then insert (node_id, node_password, registration_enabled, created_at_node_id).`,
    'Let each other node register again: symadmin --engine ENGINE open-registration NODE_GROUP EXTERNAL_ID.',
    'Make the triggers: symadmin --engine ENGINE sync-triggers, or start the engine.',
  ]
}

function adviceForAll({ prefix }: ReplicationFacts): readonly string[] {
  return [
    `All of it was restored, with the identity of the node (${prefix}_node_identity): stop the old engine for good before this one is started.`,
    `What the old one has sent since the backup is marked as unsent here, and what it has received is missing: both are only sound when it was stopped before the dump.`,
    'Make the triggers fit: symadmin --engine ENGINE sync-triggers, or start the engine.',
  ]
}
