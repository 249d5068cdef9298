import { fullName, type Json } from '@albackup/core'
import type { Planning } from '../planning.ts'

/** A type of SQL Server's users has neither checks nor a collation of its own: columns have the type it stands for. */
export function reportDomains({ model, draft }: Planning): void {
  for (const type of model.types) {
    const { default: value, checks, uncheckedChecks } = type.native.facts ?? {}
    const lost = [
      ...(isThere(checks) || isThere(uncheckedChecks) ? ['its checks'] : []),
      ...(isThere(value) ? ['its default'] : []),
      ...(type.nullable ? [] : ['NOT NULL']),
    ]
    const message = `is no type of its own: columns of it have the type of ${type.native.declaration}`
    if (lost.length === 0) draft.find('changed', 'type', fullName(type), message)
    else draft.find('lost', 'type', fullName(type), `${message}, without ${lost.join(' and ')}`)
  }
}

function isThere(value: Json | undefined): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)
}
