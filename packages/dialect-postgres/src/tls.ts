import { readFileSync } from 'node:fs'
import { UsageError } from '@albackup/core'
import type { ClientConfig } from 'pg'
import type { TlsMode } from './connection-settings.ts'

/** The driver's TLS options for a mode of libpq; 'prefer' is for whoever connects. */
export function tlsOptions(mode: Exclude<TlsMode, 'prefer'>, rootCertificate: string | undefined): ClientConfig['ssl'] {
  if (mode === 'disable') return false
  const ca = rootCertificate === undefined ? {} : { ca: readCertificate(rootCertificate) }
  // libpq's 'require' checks the certificate only when it has been given a root to check it against.
  if (mode === 'require')
    return { rejectUnauthorized: rootCertificate !== undefined, checkServerIdentity: anyName, ...ca }
  return mode === 'verify-ca' ? { checkServerIdentity: anyName, ...ca } : { ...ca }
}

function anyName(): undefined {
  return undefined
}

function readCertificate(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new UsageError(`cannot read certificate ${path}: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    })
  }
}
