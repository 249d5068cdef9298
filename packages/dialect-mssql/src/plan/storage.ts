import type { Json, NativeFacts } from '@albackup/core'
import { withOptions } from '../ddl.ts'
import { quote } from '../quote.ts'
import { makesObject, type Planning } from './planning.ts'

interface Partition {
  readonly scheme: string
  readonly column: string
}

/** Where the rows lie: ` on [scheme]([column])`. Filegroups belong to the server's disks, and are only reported. */
export function placeWords(facts: NativeFacts | undefined, object: string, planning: Planning): string {
  const { partition, filegroup } = facts ?? {}
  if (typeof filegroup === 'string') {
    const message = `is made in the default filegroup; in the source it is in ${quote(filegroup)}`
    planning.draft.find('changed', 'filegroup', object, message)
  }
  if (partition === undefined) return ''
  const { scheme, column } = partition as unknown as Partition
  if (makesObject(planning, quote(scheme))) return ` on ${quote(scheme)} (${quote(column)})`
  planning.draft.find('changed', 'partitioning', object, `is not partitioned: its scheme ${quote(scheme)} is left out`)
  return ''
}

/** `data_compression = page`, for all partitions or for those that have it. */
export function compressionOptions(facts: NativeFacts | undefined): readonly string[] {
  return [...compressionWords(facts?.compression), ...xmlCompression(facts)]
}

export function xmlCompression(facts: NativeFacts | undefined): readonly string[] {
  return facts?.xmlCompression === true ? ['xml_compression = on'] : []
}

function compressionWords(compression: Json | undefined): readonly string[] {
  if (compression === undefined || compression === null) return []
  if (typeof compression === 'string') return [`data_compression = ${compression}`]
  return Object.entries(compression as Readonly<Record<string, readonly number[]>>).map(
    ([word, partitions]) => `data_compression = ${word} on partitions (${partitions.join(', ')})`,
  )
}

/** Partitions are numbered by the scheme: without it their compression means nothing. */
export function storageWords(facts: NativeFacts | undefined, object: string, planning: Planning): string {
  const place = placeWords(facts, object, planning)
  return `${place}${withOptions(usableCompression(facts, place))}`
}

export function usableCompression(facts: NativeFacts | undefined, place: string): readonly string[] {
  const byPartition = typeof facts?.compression === 'object'
  return byPartition && place === '' ? [] : compressionOptions(facts)
}
