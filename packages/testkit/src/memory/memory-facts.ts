import type { ServerFacts } from '@albackup/core'

export const MEMORY_FACTS: ServerFacts = { product: 'memory', version: '1.0', edition: null }

/** "schema"."table", quotes doubled. */
export function quoteName(...parts: readonly string[]): string {
  return parts.map((part) => `"${part.replaceAll('"', '""')}"`).join('.')
}
