import type { NameStyle } from './name-space.ts'
import { chooseSetting, wordSettings } from './read-settings.ts'

/**
 * The parts of a mapping policy that name something in the source: every dialect has them, and they mean the same in each. A type,
 * not an interface, so that a policy with them is a `MappingPolicy` as it stands.
 */
export type NamedSettings = {
  /** Schemas of the source to restore under another name. */
  readonly schemas: Readonly<Record<string, string>>
  /** How names are spelled that are not renamed one by one. */
  readonly names: NameStyle
  /** New names of tables and columns, by `schema.table` and `schema.table.column`. */
  readonly rename: Readonly<Record<string, string>>
  /** Types for the types of the source, by any of their `typeNames`. */
  readonly types: Readonly<Record<string, string>>
  /** Types for single columns, by `schema.table.column`. */
  readonly columns: Readonly<Record<string, string>>
}

export const AS_NAMED: NamedSettings = { schemas: {}, names: 'preserve', rename: {}, types: {}, columns: {} }

/** From the parts of a policy. Throws a UsageError that names the wrong key. */
export function readNamedSettings(parts: Readonly<Record<string, unknown>>): NamedSettings {
  return {
    schemas: wordSettings('mapping.schemas', parts.schemas),
    names: chooseSetting('mapping.names', parts.names, ['preserve', 'lower', 'snake_case']),
    rename: wordSettings('mapping.rename', parts.rename),
    types: wordSettings('mapping.types', parts.types, 'type'),
    columns: wordSettings('mapping.columns', parts.columns, 'type'),
  }
}
