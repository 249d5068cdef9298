import { readAssemblies } from './assemblies.ts'
import { readBoundDefaultsAndRules } from './bound-defaults-and-rules.ts'
import { type Carried, joined, type ReadFamily } from './carried.ts'
import type { Catalog } from './catalog.ts'
import { readClrModules } from './clr-modules.ts'
import { readClrTypes } from './clr-types.ts'
import { readDatabaseTriggers } from './database-triggers.ts'
import { readExtendedProperties } from './extended-properties.ts'
import { readFullTextCatalogs } from './full-text-catalogs.ts'
import { readFullTextIndexes } from './full-text-indexes.ts'
import { readNumberedProcedures } from './numbered-procedures.ts'
import { readOwners } from './owners.ts'
import { readPartitionFunctions } from './partition-functions.ts'
import { readPartitionSchemes } from './partition-schemes.ts'
import { readPermissions } from './permissions.ts'
import { readPlanGuides } from './plan-guides.ts'
import { readPrincipals } from './principals.ts'
import { readRoleMembers } from './role-members.ts'
import { readSecurables } from './securables.ts'
import { readSecurityPolicies } from './security-policies.ts'
import { readSensitivity } from './sensitivity.ts'
import { readStatistics } from './statistics.ts'
import { readSynonyms } from './synonyms.ts'
import { readTableTypes } from './table-types.ts'
import { readTriggerOrder } from './trigger-order.ts'
import { readViewIndexes } from './view-indexes.ts'
import { readXmlSchemaCollections } from './xml-schema-collections.ts'

/**
 * In the order in which they can be made: what others are made of comes before them. Rights come behind what they are rights on,
 * and the triggers of the database behind everything, for they answer to all that is made.
 */
const BEFORE_RIGHTS: readonly ReadFamily[] = [
  readPrincipals,
  readRoleMembers,
  readPartitionFunctions,
  readPartitionSchemes,
  readAssemblies,
  readClrTypes,
  readXmlSchemaCollections,
  readBoundDefaultsAndRules,
  readTableTypes,
  readClrModules,
  readSynonyms,
  readStatistics,
  readFullTextCatalogs,
  readNumberedProcedures,
  readViewIndexes,
  readFullTextIndexes,
  readSecurityPolicies,
  readPlanGuides,
  readSensitivity,
]

/** The objects that only SQL Server understands. */
export async function readNativeObjects(catalog: Catalog): Promise<Carried> {
  const families: Carried[] = []
  for (const read of BEFORE_RIGHTS) families.push(await read(catalog))
  const securables = await readSecurables(catalog)
  families.push(await readExtendedProperties(catalog, securables))
  families.push(await readOwners(catalog, securables))
  families.push(await readPermissions(catalog, securables))
  families.push(await readDatabaseTriggers(catalog))
  families.push(await readTriggerOrder(catalog))
  return joined(families)
}
