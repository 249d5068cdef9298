import { tableFileNames } from '../backup/names.ts'
import type { Range, Source, TableEstimate } from '../dialect/dialect.ts'
import type { SchemaModel, Table } from '../model/schema-model.ts'
import { conditionOf, fullName, type Scope } from '../model/scope.ts'
import type { TablePart } from './dump-part.ts'

/** Less than this is not worth a session of its own. */
const BYTES_OF_READER = 64 << 20
/** A range smaller than this is not worth a query of its own. */
const LEAST_RANGE_BYTES = 32 << 20
/** What has to be read again when a range fails stays below this. */
const GREATEST_RANGE_BYTES = 1 << 30
/** So many ranges for each reader, so that all of them end at about the same time. */
const RANGES_PER_READER = 4

/** About how many readers there is work for. */
export function usefulReaders(estimates: readonly TableEstimate[]): number {
  return estimates.reduce((sum, { bytes }) => sum + Math.max(1, Math.floor(bytes / BYTES_OF_READER)), 0)
}

/** The parts of all tables, the largest first; large tables are split when there is more than one reader. */
export async function planParts(
  source: Source,
  model: SchemaModel,
  scope: Scope,
  estimates: readonly TableEstimate[],
  readers: number,
): Promise<readonly TablePart[]> {
  const names = tableFileNames(model.tables)
  const targetBytes = rangeBytes(estimates, readers)
  const parts: { readonly part: TablePart; readonly bytes: number }[] = []
  for (const [i, table] of model.tables.entries()) {
    const bytes = estimates[i]?.bytes ?? 0
    const within = rangeOf(scope, table)
    const splits = readers > 1 && bytes > targetBytes * 1.5
    const ranges = splits ? await source.split(table, targetBytes, within) : [within]
    for (const part of partsOf(table, ranges, names[i]!)) parts.push({ part, bytes: bytes / ranges.length })
  }
  return parts.sort((one, other) => other.bytes - one.bytes).map(({ part }) => part)
}

function rangeBytes(estimates: readonly TableEstimate[], readers: number): number {
  const bytes = estimates.reduce((sum, estimate) => sum + estimate.bytes, 0)
  return Math.min(Math.max(bytes / (readers * RANGES_PER_READER), LEAST_RANGE_BYTES), GREATEST_RANGE_BYTES)
}

function rangeOf(scope: Scope, table: Table): Range | null {
  const predicate = conditionOf(scope, table)
  return predicate === null ? null : { predicate }
}

/** A split table has the files `name.0001.avro`, `name.0002.avro`, … */
function partsOf(table: Table, ranges: readonly (Range | null)[], name: string): readonly TablePart[] {
  if (ranges.length === 1) return [{ table, range: ranges[0]!, name: fullName(table), file: name }]
  return ranges.map((range, i) => ({
    table,
    range,
    name: `${fullName(table)} (${i + 1} of ${ranges.length})`,
    file: name.replace(/\.avro$/, `.${`${i + 1}`.padStart(4, '0')}.avro`),
  }))
}
